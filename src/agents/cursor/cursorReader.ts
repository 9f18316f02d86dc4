/**
 * Cursor: one database of keys and values for all conversations. It publishes no description of it, and keeps what was
 * billed on its servers: here stand conversations, their models, and of some what they cost.
 */

import { pathsOf } from '../folders.ts';
import type {
  JsonValue,
  LogDatabase,
  LogFile,
  LogFormat,
  LogRoot,
  Reader,
  SurveyedMachine,
} from '../reader.ts';
import { ConversationTable } from './conversationTable.ts';

export const cursorReader: Reader = {
  agent: 'cursor',
  version: 1,
  roots,
  formatOf: (relativePath) => (relativePath === 'state.vscdb' ? database : null),
};

const database: LogFormat = {
  kind: 'database',
  open(_log: LogFile, source: LogDatabase, saved?: JsonValue) {
    return new ConversationTable(source, saved);
  },
};

/** Other editors have a database of the same name, and nothing for us in it. */
function roots(machine: SurveyedMachine): readonly LogRoot[] {
  const paths = pathsOf(machine);
  const own = machine.userFolders.filter((folder) => /[\\/]\.?cursor(?:-server)?[\\/]/i.test(folder));
  return own.map((folder) => ({ path: paths.join(folder, 'globalStorage'), isFlat: true }));
}
