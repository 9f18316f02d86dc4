/** What a verdict leaves behind: for the next hooks of its session, and for whoever asks whether it held. */

import type { AgentId } from '../domain/agent.ts';
import type { SessionKey, Verdict } from '../domain/budget.ts';
import type { Database } from '../ledger/database.ts';
import type { Around } from '../oversight/around.ts';
import { answerStops, claimInterrupt } from '../oversight/interrupts.ts';
import { leaseOf } from '../oversight/lease.ts';
import { endStopByBudget, stopSession } from '../oversight/stops.ts';
import type { AgentGuard, Decision } from './agents/agentGuard.ts';
import { leaveFault } from './faults.ts';
import { findOwnProcess } from './interrupt.ts';
import { countOtherLeases, writeLease } from './leases.ts';
import type { ProcessTable } from './processTable.ts';
import { noteProcess } from './sessionProcess.ts';

export interface LeaseParts {
  /** The guard's. */
  readonly folder: string;
  readonly agent: AgentId;
  /** The name of the calm in which all was read that the session was judged by; `null` where there was none. */
  readonly calm: string | null;
}

/** @param db `null` where the session is to ask again at once */
export function renewLease(
  db: Database | null,
  session: SessionKey,
  around: Around,
  { folder, agent, calm }: LeaseParts,
): void {
  const asked = { agent, key: session.key };
  const isLeased = db !== null && calm !== null;
  const others = countOtherLeases(folder, asked, around.nowMs);
  writeLease(folder, asked, isLeased ? leaseOf(db, session, around, 1 + others) : 0, calm ?? '');
}

/** What comes after a stop shows whether it held. */
export function noteJudged(
  db: Database,
  session: SessionKey,
  verdict: Verdict,
  decision: Decision,
  nowMs: number,
): void {
  if (verdict.kind === 'stoppedByHand') return;
  try {
    if (decision.kind === 'stop') stopSession(db, session, nowMs, 'budget');
    else endStopByBudget(db, session, nowMs);
  } catch {
    // The ledger is busy: the verdict holds without a note.
  }
}

export interface AskingProcess {
  /** The guard's. */
  readonly folder: string;
  readonly guard: AgentGuard;
  readonly processes: ProcessTable;
  /** The process that started the hook. */
  readonly parentId: number;
}

/** Whether the agent went on after it was told to stop, and it is this hook that is to interrupt it. */
export function isStopIgnored(
  db: Database,
  session: SessionKey,
  nowMs: number,
  asking: AskingProcess,
): boolean {
  try {
    const ignored = answerStops(db, session, nowMs);
    if (ignored.length === 0 || !isOfGuard(session, asking)) return false;
    if (findAsking(asking) !== null) return claimInterrupt(db, ignored, nowMs);
    // Another of its hooks may have interrupted it meanwhile: then it is not there, and all is well.
    if (answerStops(db, session, nowMs).length === 0) return false;
    leaveFault(asking.folder, asking.guard.id, 'interruptFailed', 'notFound');
  } catch {
    // The ledger is busy: the next hook sees to it.
  }
  return false;
}

/** Notes which process the session's agent is. */
export function noteAgent(session: SessionKey, isStop: boolean, nowMs: number, asking: AskingProcess): void {
  if (!isOfGuard(session, asking)) return;
  noteProcess(asking.folder, session, () => findAsking(asking), { nowMs, isUrgent: isStop });
}

function findAsking({ guard, processes, parentId }: AskingProcess) {
  return guard.process === null ? null : findOwnProcess(guard.process, parentId, processes);
}

/** The agent of an editor has no process of its own, whosever hooks it runs. */
function isOfGuard({ agent }: SessionKey, { guard }: AskingProcess): boolean {
  return agent === guard.id && guard.process !== null;
}
