/** What a person may do about a session whose hooks do not come any more: see which process it is, and interrupt that. */

import type { SessionKey } from '../domain/budget.ts';
import { noteInterrupt } from '../oversight/interrupts.ts';
import type { Sqlite } from '../storage/sqlite.ts';
import { guardOf } from './agents/agentGuards.ts';
import { guardFolderIn } from './guardFolder.ts';
import { openGuardLedger } from './guardLedger.ts';
import { type Interrupted, interruptKnown, isKnown } from './interrupt.ts';
import type { ProcessTable } from './processTable.ts';
import { readProcess } from './sessionProcess.ts';

export interface ReachParts {
  readonly sqlite: Sqlite;
  readonly dataFolder: string;
  readonly processes: ProcessTable;
  readonly nowMs: number;
}

/** Its id, where it is the session's agent beyond doubt and serves nothing else; else `null`. */
export function processOf(session: SessionKey, { dataFolder, processes }: ReachParts): number | null {
  const own = guardOf(session.agent)?.process ?? null;
  const known = readProcess(guardFolderIn(dataFolder), session);
  return own !== null && known !== null && isKnown(own, known, processes) ? known.id : null;
}

/** @param id as it was shown: the session may have gone on in another process since */
export function interruptSession(session: SessionKey, id: number, parts: ReachParts): Interrupted {
  const own = guardOf(session.agent)?.process ?? null;
  const known = readProcess(guardFolderIn(parts.dataFolder), session);
  if (own === null || known === null || known.id !== id) return 'notFound';
  const result = interruptKnown(own, known, parts.processes);
  if (result === 'told') note(session, parts);
  return result;
}

function note(session: SessionKey, { sqlite, dataFolder, nowMs }: ReachParts): void {
  const opened = openGuardLedger(sqlite, dataFolder);
  if ('kind' in opened) return;
  try {
    noteInterrupt(opened, session, nowMs);
  } catch {
    // A guard may interrupt it once more.
  } finally {
    opened.close();
  }
}
