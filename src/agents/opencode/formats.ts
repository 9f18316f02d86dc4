/** The files of a store of OpenCode, or of an agent that was built on it. */

import type { AgentId } from '../../domain/agent.ts';
import type { JsonValue, LogDatabase, LogFile, LogFormat } from '../reader.ts';
import { messageFormat, sessionFormat } from './documents.ts';
import { StoreParser } from './storeParser.ts';

/** One folder a project came first; later versions have all projects in one. */
const project = '(?:project/[^/]+/)?';
const messageFile = new RegExp(`^${project}storage/(?:session/)?message/[^/]+/[^/]+\\.json$`);
const sessionFile = new RegExp(
  `^${project}storage/session/(?!message/|part/|share/|diff/)[^/]+/[^/]+\\.json$`,
);
/** One a release channel, or as the user named it. */
const databaseFile = /^[^/]+\.db$/;
const folder =
  /^(?:|project|project\/[^/]+|(?:project\/[^/]+\/)?storage(?:\/(?:session|message)(?:\/.*)?)?)$/;

/** What kind of log a file below the data folder is. */
export function storeFormats(agent: AgentId): (relativePath: string) => LogFormat | null {
  const database: LogFormat = {
    kind: 'database',
    open: (_log: LogFile, opened: LogDatabase, saved?: JsonValue) => new StoreParser(agent, opened, saved),
  };
  const message = messageFormat(agent);
  const session = sessionFormat(agent);
  return (relativePath) => {
    if (databaseFile.test(relativePath)) return database;
    if (messageFile.test(relativePath)) return message;
    return sessionFile.test(relativePath) ? session : null;
  };
}

/** Beside its logs the data folder holds copies of whole projects. */
export function mayHoldStores(relativePath: string): boolean {
  return (
    folder.test(relativePath) && !/\/storage\/session\/(?:part|share|diff)(?:\/|$)/.test(`/${relativePath}`)
  );
}
