/** Cline: tasks of its first engine, sessions of its second, and the lists of both. One editor may run either. */

import { expandHome, pathsOf } from '../folders.ts';
import type { LogFormat, LogRoot, Reader, SurveyedMachine } from '../reader.ts';
import { extensionRoots, mayHoldTasks, type TaskDialect, taskFormatOf } from '../tasks/taskLog.ts';
import { clineInputKinds } from './inputKind.ts';
import { readManifest } from './manifest.ts';
import { readSessionMessages } from './sessionMessages.ts';

export const clineReader: Reader = { agent: 'cline', version: 4, roots, formatOf, mayHoldLogs };

const tasks: TaskDialect = { agent: 'cline', inputKinds: clineInputKinds };
const messages: LogFormat = { kind: 'document', read: readSessionMessages };
const manifest: LogFormat = {
  kind: 'document',
  read: (_log, document, sink) => readManifest(document, sink),
};

function formatOf(relativePath: string): LogFormat | null {
  const [name = '', folder = ''] = relativePath.split('/').reverse();
  if (folder !== '' && name.endsWith('.messages.json')) return messages;
  if (folder !== '' && name === `${folder}.json`) return manifest;
  return taskFormatOf(tasks, relativePath);
}

function mayHoldLogs(relativePath: string): boolean {
  return mayHoldTasks(relativePath) || /^sessions\/[^/]+$/.test(relativePath);
}

function roots(machine: SurveyedMachine): readonly LogRoot[] {
  const { environment } = machine;
  const paths = pathsOf(machine);
  const home = expandHome(machine, environment.CLINE_DIR || '~/.cline');
  const data = environment.CLINE_DATA_DIR
    ? expandHome(machine, environment.CLINE_DATA_DIR)
    : paths.join(home, 'data');
  const sessions = environment.CLINE_SESSION_DATA_DIR;
  return [
    ...extensionRoots(machine, 'saoudrizwan.claude-dev'),
    { path: data },
    ...(sessions ? [{ path: expandHome(machine, sessions) }] : []),
  ];
}
