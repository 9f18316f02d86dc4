/** Qwen Code: one chat a session below `projects`, before that below `tmp`, archived or not, and one file a sub-agent. */

import { expandHome, listFolders, pathsOf } from '../folders.ts';
import { chatDocument } from '../gemini/chatFormats.ts';
import type { LogFormat, LogRoot, Machine, Reader } from '../reader.ts';
import { ChatParser } from './chatParser.ts';
import type { Memory } from './memory.ts';

export const qwenCodeReader: Reader = {
  agent: 'qwen-code',
  version: 2,
  roots,
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

/**
 * Its own count of tokens, `usage/token-usage-….jsonl`, says the same once more, under ids of its own. It alone has what
 * is asked while a chat is not recorded; nothing in it tells that from the rest.
 */
function formatOf(relativePath: string): LogFormat | null {
  if (/(?:^|\/)(?:chats\/(?:archive\/)?[^/]+|subagents\/[^/]+\/agent-[^/]+)\.jsonl$/.test(relativePath))
    return lines;
  return /(?:^|\/)chats\/session-[^/]*\.json$/.test(relativePath) ? document : null;
}

function roots(machine: Machine): readonly LogRoot[] {
  const homes = listFolders(machine, 'QWEN_HOME') ?? [expandHome(machine, '~/.qwen')];
  const places = [...homes, ...(listFolders(machine, 'QWEN_RUNTIME_DIR') ?? [])];
  const folders = places.flatMap((place) =>
    ['projects', 'tmp'].map((name) => pathsOf(machine).join(place, name)),
  );
  return [...new Set(folders)].map((path) => ({ path }));
}
