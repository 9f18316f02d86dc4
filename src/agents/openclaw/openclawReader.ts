/** OpenClaw: sessions in the form of Pi's, in a database an agent; before 2026 in files, beside an index of them. */

import { expandHome, listFolders, pathsOf } from '../folders.ts';
import { sessionLines } from '../pi/sessionParser.ts';
import type { LineFormat, LogFormat, LogRoot, Machine, Reader } from '../reader.ts';
import { agentDatabase } from './agentDatabase.ts';
import { asOpenclaw } from './openclawHome.ts';
import { sessionIndex } from './sessionIndex.ts';

export const openclawReader: Reader = {
  agent: 'openclaw',
  version: 4,
  roots,
  formatOf,
  mayHoldLogs: (relativePath) => {
    const [, folder = 'sessions', ...below] = relativePath.split('/');
    return (folder === 'sessions' || folder === 'agent') && below.length === 0;
  },
};

const lines = sessionLines('openclaw');
const compressedLines: LineFormat = { ...lines, compression: 'zstd' };

/** `<id>.jsonl`, or `<id>.jsonl.<reset or deleted>.<time>`, which newer versions end in `.<hash>.zst` and compress. */
const sessionName = /^[^.]+\.jsonl(?:\.(?:reset|deleted)\..+?(\.zst)?)?$/;

/** A session that was reset or deleted is kept under another name, and spent. Checkpoints are copies. */
function formatOf(relativePath: string): LogFormat | null {
  const name = relativePath.split('/').at(-1) ?? '';
  if (name === 'sessions.json') return sessionIndex;
  if (name === 'openclaw-agent.sqlite') return agentDatabase;
  const session = sessionName.exec(name);
  if (session === null) return null;
  return session[1] === undefined ? lines : compressedLines;
}

/** Its variables and folders under all the names that it had. */
const names = ['openclaw', 'clawdbot', 'moltbot', 'moldbot'];

function roots(machine: Machine): readonly LogRoot[] {
  const own = asOpenclaw(machine);
  const given = names.flatMap((name) => listFolders(own, `${name.toUpperCase()}_STATE_DIR`) ?? []);
  const folders = given.length > 0 ? given : defaultFolders(machine);
  const paths = folders.map((folder) => pathsOf(machine).join(folder, 'agents'));
  return [...new Set(paths)].map((path) => ({ path }));
}

function defaultFolders(machine: Machine): readonly string[] {
  const profile = machine.environment.OPENCLAW_PROFILE || 'default';
  const own = [...(profile === 'default' ? [] : [`openclaw-${profile}`]), 'openclaw'];
  return [
    ...own.map((name) => expandHome(asOpenclaw(machine), `~/.${name}`)),
    ...names.map((name) => expandHome(machine, `~/.${name}`)),
  ];
}
