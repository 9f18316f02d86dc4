/** OpenClaw: sessions in the form of Pi's, in a database an agent; before 2026 in files, beside an index of them. */

import { sessionLines } from '../pi/sessionParser.ts';
import type { LineFormat, LogFormat, Reader } from '../reader.ts';
import { agentDatabase } from './agentDatabase.ts';
import { agentFolders } from './agentFolders.ts';
import { takeColdRecord } from './coldRecord.ts';
import { sessionIndex } from './sessionIndex.ts';

export const openclawReader: Reader = {
  agent: 'openclaw',
  version: 5,
  roots: (machine) => agentFolders(machine).map((path) => ({ path })),
  formatOf,
  mayHoldLogs: (relativePath) => {
    const [, folder = 'sessions', ...below] = relativePath.split('/');
    const isCold = folder === 'sessions' && below.join('/') === 'cold';
    return isCold || ((folder === 'sessions' || folder === 'agent') && below.length === 0);
  },
};

const lines = sessionLines('openclaw');
const compressedLines: LineFormat = { ...lines, compression: 'zstd' };
const coldLines: LineFormat = { ...sessionLines('openclaw', takeColdRecord), compression: 'zstd' };

/** `<id>.jsonl`, or `<id>.jsonl.<reset or deleted>.<time>`, which newer versions end in `.<hash>.zst` and compress. */
const sessionName = /^[^.].*?\.jsonl(?:\.(?:reset|deleted)\..+?(\.zst)?)?$/;

/** Beside a session: checkpoints, which are copies of it, and what happened while it ran. Ids have dots, too. */
const besideSession =
  /\.(?:checkpoint\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|trajectory|acp-stream)\.jsonl/i;

/** A session that has rested for long, by the hash of the file. */
const coldPath = /(?:^|\/)cold\/[0-9a-f]+\.jsonl\.zst$/;

/** A session that was reset or deleted is kept under another name, and spent. */
function formatOf(relativePath: string): LogFormat | null {
  const name = relativePath.split('/').at(-1) ?? '';
  if (name === 'sessions.json') return sessionIndex;
  if (name === 'openclaw-agent.sqlite') return agentDatabase;
  if (coldPath.test(relativePath)) return coldLines;
  const session = besideSession.test(name) ? null : sessionName.exec(name);
  if (session === null) return null;
  return session[1] === undefined ? lines : compressedLines;
}
