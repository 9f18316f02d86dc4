/** Where Cline and its descendants keep their tasks: a folder each, with files that are written anew as wholes. */

import type { AgentId } from '../../domain/agent.ts';
import { textOf } from '../fields.ts';
import { pathsOf } from '../folders.ts';
import type { LogFormat, LogRoot, SurveyedMachine } from '../reader.ts';
import { parseSettings } from '../userSettings.ts';
import { readHistoryItem, readTaskHistory } from './history.ts';
import { readTaskMessages } from './taskMessages.ts';
import type { InputKind, Spent } from './usage.ts';

/** How one of them differs from the others. */
export interface TaskDialect {
  readonly agent: AgentId;
  /** What `tokensIn` was in each record of a task that tells of usage. */
  readonly inputKinds: (task: readonly Spent[]) => (spent: Spent) => InputKind;
}

/** What kind of file of a task a path leads to; `null` for all others. */
export function taskFormatOf(dialect: TaskDialect, relativePath: string): LogFormat | null {
  const [name = '', folder = ''] = relativePath.split('/').reverse();
  if (name === 'ui_messages.json' && folder !== '') {
    return { kind: 'document', read: (...document) => readTaskMessages(dialect, ...document) };
  }
  if (name === 'history_item.json' && folder !== '') {
    return {
      kind: 'document',
      read: (_log, document, sink) => readHistoryItem(dialect.agent, document, sink),
    };
  }
  if (name === 'taskHistory.json') {
    return {
      kind: 'document',
      read: (_log, document, sink) => readTaskHistory(dialect.agent, document, sink),
    };
  }
  return null;
}

/** Tasks lie in `tasks`, in a folder each, or in the folder that the user named; a list of them may lie beside. */
export function mayHoldTasks(relativePath: string): boolean {
  return /^(?:tasks\/)?[^/]+$/.test(relativePath);
}

/** Where an extension keeps its files in every editor of the machine. */
export function extensionRoots(machine: SurveyedMachine, extension: string): readonly LogRoot[] {
  const paths = pathsOf(machine);
  return [
    ...machine.userFolders.map((folder) => ({ path: paths.join(folder, 'globalStorage', extension) })),
    ...namedFolders(machine, extension).map((path) => ({ path, watched: ['tasks', 'tasks/*', 'tasks/*/*'] })),
  ];
}

/**
 * Folders that users named to keep tasks in. Roo Code and its descendants have such a setting, with the name of the extension
 * before it, and take an absolute path alone. What else lies in such a folder may be anything.
 */
function namedFolders(machine: SurveyedMachine, extension: string): readonly string[] {
  const name = extension.split('.').at(-1) ?? '';
  const others = shareTasks.slice(0, Math.max(0, shareTasks.indexOf(name)));
  const taken = new Set(others.flatMap((other) => foldersNamedTo(other, machine)));
  return foldersNamedTo(name, machine).filter((path) => !taken.has(path));
}

/** Descendants that keep tasks alike: what lies in a folder that several were told of is read for the first of them. */
const shareTasks = ['kilo-code', 'zoo-code', 'roo-cline'];

function foldersNamedTo(name: string, machine: SurveyedMachine): readonly string[] {
  const setting = `${name}.customStoragePath`;
  const folders = (machine.userSettings ?? [])
    .filter((file) => file.includes(setting))
    .map((file) => textOf(parseSettings(file), setting) ?? '');
  return [...new Set(folders)].filter((path) => pathsOf(machine).isAbsolute(path));
}
