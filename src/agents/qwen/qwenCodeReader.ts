/**
 * Qwen Code: one chat a session below `projects`, before that below `tmp`, one file a sub-agent, and a count of all
 * requests, one file a month.
 */

import { expandHome, listFolders, pathsOf } from '../folders.ts';
import { chatDocument } from '../gemini/chatFormats.ts';
import type { LogFormat, LogRoot, Machine, Reader } from '../reader.ts';
import { ChatParser } from './chatParser.ts';
import type { Memory } from './memory.ts';
import { type UsageMemory, UsageParser } from './usageParser.ts';

export const qwenCodeReader: Reader = {
  agent: 'qwen-code',
  version: 3,
  roots,
  besides: (machine, folder) => [countRoot(machine, pathsOf(machine).dirname(folder))],
  formatOf,
  mayHoldLogs: (relativePath) => {
    const [, folder = 'chats'] = relativePath.split('/');
    return folder === 'chats' || folder === 'subagents';
  },
};

const lines: LogFormat = {
  kind: 'lines',
  open(log, saved) {
    const stem = (log.relativePath.split('/').at(-1) ?? '').replace(/\.jsonl$/, '');
    // What the same version of this reader saved needs no check.
    return new ChatParser(stem, saved as Memory | undefined);
  },
};

/** The first versions kept chats as Gemini CLI did, which they were made from. */
const document = chatDocument('qwen-code');

const counts: LogFormat = {
  kind: 'lines',
  // Likewise.
  open: (_log, saved) => new UsageParser(saved as UsageMemory | undefined),
};

/**
 * The sums of sessions in `usage_record.jsonl` are no log: they are those of the whole process, under the session that it
 * was at last, and hold what was copied by forks and asked before a session was gone on with.
 */
function formatOf(relativePath: string): LogFormat | null {
  if (/(?:^|\/)(?:chats\/[^/]+|subagents\/[^/]+\/agent-[^/]+)\.jsonl$/.test(relativePath)) return lines;
  if (/(?:^|\/)token-usage-\d{4}-\d\d\.jsonl$/.test(relativePath)) return counts;
  return /(?:^|\/)chats\/session-[^/]*\.json$/.test(relativePath) ? document : null;
}

function roots(machine: Machine): readonly LogRoot[] {
  const homes = listFolders(machine, 'QWEN_HOME') ?? [expandHome(machine, '~/.qwen')];
  const places = [...homes, ...(listFolders(machine, 'QWEN_RUNTIME_DIR') ?? [])];
  return [...new Set(places)].flatMap((place) => [
    { path: pathsOf(machine).join(place, 'projects') },
    { path: pathsOf(machine).join(place, 'tmp') },
    countRoot(machine, place),
  ]);
}

function countRoot(machine: Machine, place: string): LogRoot {
  return { path: pathsOf(machine).join(place, 'usage'), isFlat: true };
}
