/** Roo Code, which ended in May 2026, and Zoo Code, which goes on with its files. */

import type { AgentId } from '../../domain/agent.ts';
import type { Reader } from '../reader.ts';
import { extensionRoots, mayHoldTasks, type TaskDialect, taskFormatOf } from '../tasks/taskLog.ts';
import { rooInputKinds } from './inputKind.ts';

export const rooCodeReader = readerOf('roo-code', 'rooveterinaryinc.roo-cline');
export const zooCodeReader = readerOf('zoo-code', 'zoocodeorganization.zoo-code');

function readerOf(agent: AgentId, extension: string): Reader {
  const dialect: TaskDialect = { agent, inputKinds: rooInputKinds };
  return {
    agent,
    version: 4,
    roots: (machine) => extensionRoots(machine, extension),
    formatOf: (relativePath) => taskFormatOf(dialect, relativePath),
    mayHoldLogs: mayHoldTasks,
  };
}
