/** What a chat tells of itself beside its requests. */

import { fileURLToPath } from 'node:url';
import { type SessionFacts, toTitle } from '../../domain/session.ts';
import { fieldOf, type LogRecord, nameOf, parseRecord, recordOf, textOf } from '../fields.ts';
import { toHumanPrompt } from '../prompts.ts';
import type { LogFile } from '../reader.ts';

/** Facts of the chat as a whole, which say nothing before there is a request. */
export type ChatFacts = Pick<SessionFacts, 'title' | 'projectPath' | 'gitBranch'>;

/** What one field of the session tells, nothing for most. */
export function factsOfField(name: string, value: unknown): ChatFacts {
  const field = { [name]: value };
  if (name === 'customTitle') return titleFacts(textOf(field, name), 'custom');
  if (name === 'workingDirectory') return folderFacts(textOf(field, name));
  const branch = name === 'repoData' ? nameOf(recordOf(field, name) ?? {}, 'localBranch') : '';
  return branch === '' ? {} : { gitBranch: branch };
}

/** Those of the whole session object. */
export function factsOfSession(session: LogRecord): ChatFacts {
  const fields = ['customTitle', 'workingDirectory', 'repoData'];
  return Object.assign({}, ...fields.map((name) => factsOfField(name, fieldOf(session, name))));
}

/** A chat without a name of its own goes by its first prompt. */
export function promptFacts(request: LogRecord): ChatFacts {
  const message = fieldOf(request, 'message');
  const text = typeof message === 'string' ? message : textOf(recordOf(request, 'message') ?? {}, 'text');
  return titleFacts(text === null ? null : toHumanPrompt(text), 'prompt');
}

function titleFacts(text: string | null, source: 'custom' | 'prompt'): ChatFacts {
  const title = text === null ? undefined : toTitle(text);
  return title === undefined ? {} : { title: { text: title, source } };
}

/** The folder that was open, or the file that lists several. The chats of a window without any lie elsewhere. */
export function workspaceFacts(log: LogFile): ChatFacts {
  const file = workspaceFile(log.relativePath.split('/'));
  const workspace = parseRecord((file && log.beside?.(file)) ?? '') ?? {};
  return folderFacts(textOf(workspace, 'folder') ?? textOf(workspace, 'workspace'));
}

/** Chats lie in the folder of their workspace, or in one of its name among those of a profile. */
function workspaceFile(way: readonly string[]): string | null {
  const folder = way.at(-2);
  if (folder === undefined) return null;
  if (folder === 'chatSessions') return '../workspace.json';
  const toUserFolder = way.length === 2 ? '../../..' : '../../../../..';
  return `${toUserFolder}/workspaceStorage/${folder}/workspace.json`;
}

/** A folder of another machine is named as VS Code names it. */
function folderFacts(uri: string | null): ChatFacts {
  return uri === null ? {} : { projectPath: uri.startsWith('file:') ? toPath(uri) : uri };
}

function toPath(uri: string): string {
  try {
    // By the form of the path and not by this machine's: a log may come from another.
    return fileURLToPath(uri, { windows: /^file:\/\/(?:\/[a-z](?::|%3a)\/|[^/])/i.test(uri) });
  } catch {
    return uri;
  }
}
