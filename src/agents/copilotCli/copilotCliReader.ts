/** Copilot CLI: a database with a row for each request, and a log of events for each session. */

import { expandHome, pathsOf } from '../folders.ts';
import type { JsonValue, LogDatabase, LogFile, LogFormat, LogRoot, Machine, Reader } from '../reader.ts';
import { EventsParser } from './eventsParser.ts';
import type { Memory } from './memory.ts';
import { UsageStoreParser } from './usageStoreParser.ts';

export const copilotCliReader: Reader = {
  agent: 'copilot-cli',
  version: 6,
  roots,
  formatOf(relativePath) {
    if (relativePath === 'session-store.db') return usageStore;
    return eventsFile.test(relativePath) ? events : null;
  },
  /** Beside its logs the folder holds the program itself and copies of files. */
  mayHoldLogs: (relativePath) => logFolder.test(relativePath),
};

/** A folder for each session; before that a file for each, at first in another folder. */
const eventsFile = /^session-state\/[^/]+\/events\.jsonl$|^(?:history-)?session-state\/[^/]+\.jsonl$/;
const logFolder = /^(?:|history-session-state|session-state(?:\/[^/]+)?)$/;

const watched = [
  'session-store.db*',
  'session-state',
  'session-state/*',
  'session-state/*/events.jsonl',
  'history-session-state',
  'history-session-state/*',
];

const usageStore: LogFormat = {
  kind: 'database',
  open: (_log: LogFile, database: LogDatabase, saved?: JsonValue) => new UsageStoreParser(database, saved),
};

const events: LogFormat = {
  kind: 'lines',
  open(log: LogFile, saved?: JsonValue) {
    // What the same version of this reader saved needs no check.
    return new EventsParser(sessionIdOf(log.relativePath), saved as Memory | undefined);
  },
};

function roots(machine: Machine): readonly LogRoot[] {
  const { COPILOT_HOME: home, XDG_STATE_HOME: state } = machine.environment;
  if (home) return [{ path: expandHome(machine, home), watched }];
  const usual = expandHome(machine, '~/.copilot');
  return [...(state ? [pathsOf(machine).join(state, '.copilot')] : []), usual].map((path) => ({
    path,
    watched,
  }));
}

/** The name of a session's folder or file is its id. */
function sessionIdOf(relativePath: string): string {
  const name = relativePath.replace(/\/events\.jsonl$|\.jsonl$/, '');
  return name.slice(name.lastIndexOf('/') + 1);
}
