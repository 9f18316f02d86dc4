/** Gemini CLI: one chat a session, below `tmp` in a folder a project, and sub-agents in a folder a session beside it. */

import { expandHome, listFolders, pathsOf } from '../folders.ts';
import type { LogFormat, LogRoot, Machine, Reader } from '../reader.ts';
import { chatDocument, chatLines } from './chatFormats.ts';

export const geminiCliReader: Reader = {
  agent: 'gemini-cli',
  version: 2,
  roots,
  formatOf,
  mayHoldLogs: (relativePath) => {
    const [, folder = 'chats'] = relativePath.split('/');
    return folder === 'chats';
  },
};

const lines = chatLines('gemini-cli');
const document = chatDocument('gemini-cli');

/** A chat that could not be read when it was resumed is kept under another name, and holds what was rewound. */
const chat = /(?:^|\/)(?:session-[^/]*|chats\/[^/]+\/[^/]+)\.jsonl(?:\.unreadable-\d+)?$/;

function formatOf(relativePath: string): LogFormat | null {
  if (chat.test(relativePath)) return lines;
  return /(?:^|\/)session-[^/]*\.json$/.test(relativePath) ? document : null;
}

/** The variable stands for the home folder, not for the one that Gemini CLI keeps in it. */
function roots(machine: Machine): readonly LogRoot[] {
  const homes = listFolders(machine, 'GEMINI_CLI_HOME') ?? [expandHome(machine, '~')];
  const folders = homes.map((home) => pathsOf(machine).join(home, '.gemini', 'tmp'));
  return [...new Set(folders)].map((path) => ({ path }));
}
