/** Aider: the history of its chats, a file of Markdown in the project. There is no list of projects. */

import { pathsOf } from '../folders.ts';
import type { JsonValue, LogFile, LogFormat, LogRoot, Reader, SurveyedMachine } from '../reader.ts';
import { HistoryParser, type Memory } from './historyParser.ts';

const historyName = '.aider.chat.history.md';

export const aiderReader: Reader = {
  agent: 'aider',
  version: 5,
  roots,
  formatOf: (relativePath) => (relativePath.split('/').at(-1) === historyName ? history : null),
  /** A folder with projects may hold much else. */
  mayHoldLogs: (relativePath) => !/(?:^|\/)(?:node_modules|\.git)$/.test(relativePath),
};

const history: LogFormat = {
  kind: 'lines',
  open(log: LogFile, saved?: JsonValue) {
    // What the same version of this reader saved needs no check.
    return new HistoryParser(log, saved as Memory | undefined);
  },
};

/** The projects that are open, and the folder that Aider was told to log into. */
function roots(machine: SurveyedMachine): readonly LogRoot[] {
  const paths = pathsOf(machine);
  const file = machine.environment.AIDER_CHAT_HISTORY_FILE ?? '';
  const named = paths.basename(file) === historyName && paths.isAbsolute(file) ? [paths.dirname(file)] : [];
  return [...(machine.workspaceFolders ?? []), ...named].map((path) => ({ path, isFlat: true }));
}
