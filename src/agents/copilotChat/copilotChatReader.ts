/**
 * Copilot Chat, and whatever else is asked in VS Code's own chat: one file a session, below `chatSessions`, and where
 * its user has switched it on, a database with each call of a model.
 */

import { pathsOf, waysDown } from '../folders.ts';
import type {
  JsonValue,
  LogDatabase,
  LogFile,
  LogFormat,
  LogRoot,
  Reader,
  SurveyedMachine,
} from '../reader.ts';
import { ChatLogParser } from './chatLogParser.ts';
import { readSessionDocument } from './sessionDocument.ts';
import { SpanStoreParser } from './spanStoreParser.ts';

export const copilotChatReader: Reader = {
  agent: 'copilot-chat',
  version: 6,
  roots,
  formatOf(relativePath) {
    if (spanFile.test(relativePath)) return spanStore;
    if (!chatFile.test(relativePath)) return null;
    return relativePath.endsWith('l') ? mutationLog : sessionDocument;
  },
  /** Of the folders of workspaces and profiles, where extensions keep what they like, only the chats. */
  mayHoldLogs(relativePath) {
    return /^[^/]+(?:\/chatSessions|\/globalStorage(?:\/chatSessions(?:\/[^/]+)?)?)?$/.test(relativePath);
  },
};

/**
 * In the folder of a workspace, or by themselves; and in folders of a profile's that are named after workspaces: in such
 * a place other files may lie in folders of workspaces, so that it is the name that tells a chat.
 */
const chatFile =
  /^(?:(?:[^/]+\/chatSessions\/)?[^/]+|(?:[^/]+\/globalStorage\/chatSessions\/)?[^/]+\/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\.jsonl?$/;

const spanFileName = 'agent-traces.db';
const extensionFolder = 'github.copilot-chat';
const spanFile = /^(?:github\.copilot-chat\/)?agent-traces\.db$/;

/** Since VS Code 1.119, where `github.copilot.chat.otel.dbSpanExporter.enabled` is on. */
const spanStore: LogFormat = {
  kind: 'database',
  open: (_log: LogFile, database: LogDatabase, saved?: JsonValue) => new SpanStoreParser(database, saved),
};

/** Since VS Code 1.109. */
const mutationLog: LogFormat = {
  kind: 'lines',
  open(log: LogFile, saved?: JsonValue) {
    return new ChatLogParser(log, saved);
  },
};

/** Before that, and where `chat.useLogSessionStorage` is off. */
const sessionDocument: LogFormat = { kind: 'document', read: readSessionDocument };

/** The way down to the chats of profiles other than the first. */
const ofProfiles = waysDown('*/globalStorage/chatSessions/*/*');

function roots(machine: SurveyedMachine): readonly LogRoot[] {
  const paths = pathsOf(machine);
  return machine.userFolders.flatMap((folder) => [
    { path: paths.join(folder, 'workspaceStorage'), watched: ['*', '*/chatSessions', '*/chatSessions/*'] },
    { path: paths.join(folder, 'globalStorage', 'emptyWindowChatSessions'), isFlat: true },
    { path: paths.join(folder, 'globalStorage', 'transferredChatSessions'), isFlat: true },
    { path: paths.join(folder, 'globalStorage', 'chatSessions') },
    { path: paths.join(folder, 'profiles'), watched: ofProfiles },
    { path: paths.join(folder, 'globalStorage', extensionFolder), onlyFile: spanFileName },
  ]);
}
