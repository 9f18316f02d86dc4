/** Goose: a database with a row for each request; before that sums of sessions, and before that a file for each session. */

import { expandHome, pathsOf } from '../folders.ts';
import type { JsonValue, LogDatabase, LogFile, LogFormat, LogRoot, Machine, Reader } from '../reader.ts';
import { type SessionFileMemory, SessionFileParser } from './sessionFileParser.ts';
import { StoreParser } from './storeParser.ts';

export const gooseReader: Reader = {
  agent: 'goose',
  version: 4,
  roots,
  formatOf(relativePath) {
    if (relativePath === 'sessions.db') return store;
    return /^[^/]+\.jsonl$/.test(relativePath) ? sessionFile : null;
  },
};

const store: LogFormat = {
  kind: 'database',
  open: (_log: LogFile, database: LogDatabase, saved?: JsonValue) => new StoreParser(database, saved),
};

const sessionFile: LogFormat = {
  kind: 'lines',
  open(log: LogFile, saved?: JsonValue) {
    // What the same version of this reader saved needs no check.
    const memory = saved as SessionFileMemory | undefined;
    return new SessionFileParser(log.relativePath.replace(/\.jsonl$/, ''), memory);
  },
};

function roots(machine: Machine): readonly LogRoot[] {
  const paths = pathsOf(machine);
  const { GOOSE_PATH_ROOT: root, XDG_DATA_HOME: data, APPDATA: roaming } = machine.environment;
  const usual =
    machine.platform === 'win32' && roaming
      ? paths.join(roaming, 'Block', 'goose', 'data')
      : paths.join(data || expandHome(machine, '~/.local/share'), 'goose');
  const folders = [...(root ? [paths.join(expandHome(machine, root), 'data')] : []), usual];
  return folders.map((folder) => ({ path: paths.join(folder, 'sessions'), isFlat: true }));
}
