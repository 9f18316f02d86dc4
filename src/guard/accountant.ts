/**
 * Judges the session that a hook asks for: brings the ledger up to date with it, holds it against the budgets, and finds
 * the agent's own answer. Whatever cannot be known allows, and leaves a fault for the doctor.
 */

import type { LogRecord } from '../agents/fields.ts';
import type { Machine } from '../agents/reader.ts';
import type { SessionKey } from '../domain/budget.ts';
import type { Calendar } from '../domain/period.ts';
import type { Database } from '../ledger/database.ts';
import type { Around } from '../oversight/around.ts';
import { findRoot } from '../oversight/sessionIds.ts';
import type { Sqlite } from '../storage/sqlite.ts';
import { isStopIgnored, noteAgent, noteJudged, renewLease } from './aftermath.ts';
import {
  type AgentGuard,
  type AskingSession,
  type Decision,
  type HookAnswer,
  silent,
} from './agents/agentGuard.ts';
import { guardOf } from './agents/agentGuards.ts';
import { writeBeat } from './beats.ts';
import { isClockInDoubt } from './clockDoubt.ts';
import { allow, isOverTime, toDecision, verdictNow } from './decision.ts';
import { askEngine } from './engine.ts';
import { type FaultKind, leaveFault } from './faults.ts';
import { guardFolderIn } from './guardFolder.ts';
import { openGuardLedger, type ReadingParts, readSession, type Trouble, troubleOf } from './guardLedger.ts';
import { type GuardSettings, readGuardSettings } from './guardSettings.ts';
import { explainToUser, interruptAgent } from './interrupt.ts';
import { LazyPricing } from './lazyPricing.ts';
import type { ProcessTable } from './processTable.ts';
import { calmAt } from './quiet.ts';
import type { AskedLogs } from './sessionLogs.ts';
import { storeUnwritten } from './unwrittenLog.ts';

/** What the accountant has to do with. */
export interface AccountantParts {
  readonly sqlite: Sqlite;
  readonly dataFolder: string;
  readonly machine: Machine;
  /** Whose hook it is. */
  readonly guard: AgentGuard;
  readonly processes: ProcessTable;
  /** The process that started the hook. */
  readonly parentId: number;
  /** By which days begin, where the editor has not told. */
  calendar(): Calendar;
  now(): number;
  /** Whether it may go on unasked, see `quiet.ts`. */
  isQuiet(session: SessionKey): boolean;
  /** Milliseconds since the accountant was started. */
  elapsed(): number;
  /** How long reading logs may take, in milliseconds. */
  readonly readingMs: number;
  /** See `ReadingParts`. */
  readAside(asked: AskedLogs): Promise<Trouble | null>;
}

/** @param input what the agent wrote to the hook, `null` where that was nothing to understand */
export async function answerHook(
  event: string,
  input: LogRecord | null,
  parts: AccountantParts,
): Promise<HookAnswer> {
  const { dataFolder, guard, machine } = parts;
  const folder = guardFolderIn(dataFolder);
  const asking = input === null ? null : guard.sessionOf(input, machine.environment);
  if (asking === null) {
    leaveFault(folder, guard.id, 'unreadableInput', event);
    return silent;
  }
  const session = { agent: guard.id, key: asking.session.key };
  if (parts.isQuiet(session)) {
    writeBeat(folder, session, { event, decision: 'pass', latencyMs: null, fault: null });
    return silent;
  }
  return answerAsking(event, asking, folder, asking.isDriven ? withoutProcess(parts) : parts);
}

function withoutProcess(parts: AccountantParts): AccountantParts {
  return { ...parts, guard: { ...parts.guard, process: null } };
}

async function answerAsking(
  event: string,
  asking: AskingSession,
  folder: string,
  parts: AccountantParts,
): Promise<HookAnswer> {
  const { guard } = parts;
  const session = { agent: guard.id, key: asking.session.key };
  const { decision, fault, isIgnored } = await judge(asking, folder, parts);
  const own = answering(event, asking, guard).toAnswer(event, decision, asking.subAgent !== null);
  const answer = isIgnored ? insist(own, decision) : own;
  const beat = { event, decision: decision.kind, latencyMs: Math.round(parts.elapsed()), fault };
  // First: an agent that is interrupted may take its hooks with it.
  writeBeat(folder, session, beat);
  noteAgent(asking.session, decision.kind === 'stop', parts.now(), { ...parts, folder });
  const failure = await reachProcess(answer, asking, folder, parts);
  if (failure !== null) writeBeat(folder, session, { ...beat, fault: failure });
  return answer;
}

/** VS Code runs hooks of others as well, and understands what is its own. */
function answering(event: string, { session }: AskingSession, guard: AgentGuard): AgentGuard {
  const own = guardOf(session.agent);
  return own?.events.includes(event) ? own : guard;
}

/** What was answered has not reached its user either. */
function insist(answer: HookAnswer, decision: Decision): HookAnswer {
  const unshown = 'sentence' in decision ? decision.sentence : answer.unshown;
  return { ...answer, interrupts: true, unshown };
}

interface Judged {
  readonly decision: Decision;
  readonly fault: FaultKind | null;
  /** The agent was told to stop before, and went on: it is this hook that is to interrupt it. */
  readonly isIgnored: boolean;
}

/** Never rejects. */
async function judge(asking: AskingSession, folder: string, parts: AccountantParts): Promise<Judged> {
  const { guard, sqlite, dataFolder } = parts;
  const fail = (kind: FaultKind, detail: string): Judged => {
    leaveFault(folder, guard.id, kind, detail);
    return { decision: allow, fault: kind, isIgnored: false };
  };
  const opened = openGuardLedger(sqlite, dataFolder);
  if ('kind' in opened) return fail(opened.kind, opened.detail);
  try {
    return await judgeBy(opened, asking, folder, parts);
  } catch (error) {
    const { kind, detail } = troubleOf(error);
    return fail(kind, detail);
  } finally {
    closeQuietly(opened);
  }
}

/** Reading may still be under way: what it meets on a closed ledger is nobody's business. */
function closeQuietly(db: Database): void {
  try {
    db.close();
  } catch {
    // It is closed with the process.
  }
}

/** @throws what SQLite throws */
async function judgeBy(
  db: Database,
  asking: AskingSession,
  folder: string,
  parts: AccountantParts,
): Promise<Judged> {
  const { guard, dataFolder, machine, sqlite, readingMs } = parts;
  // Before anything that is judged by, see `leases.ts`.
  const calm = calmAt(folder, parts.now());
  const settings = readGuardSettings(folder);
  const pricing = new LazyPricing(dataFolder, folder);
  const asked = { ...asking.session, transcriptPath: asking.transcriptPath };
  const { readAside } = parts;
  const reading = { sqlite, db, pricing, machine, settings, readAside };
  const trouble = (await readSession(asked, reading, readingMs)) ?? takeUnwritten(asking, reading);
  if (trouble !== null) leaveFault(folder, guard.id, trouble.kind, trouble.detail);
  const nowMs = parts.now();
  const around = aroundOf(settings, nowMs, parts);
  const verdict = verdictNow(db, asking, around);
  if (isClockInDoubt(folder, nowMs) && isOverTime(verdict)) {
    leaveFault(folder, guard.id, 'clockWentBack');
    return { decision: allow, fault: 'clockWentBack', isIgnored: false };
  }
  const isKnown = findRoot(db, asking.session) !== null;
  const decision = toDecision(verdict, asking, { guard, platform: machine.platform, folder, isKnown });
  if (trouble === null || decision.kind === 'stop') noteJudged(db, asking.session, verdict, decision, nowMs);
  const isSure = trouble === null && decision.kind === 'allow';
  renewLease(isSure ? db : null, asking.session, around, { folder, agent: guard.id, calm });
  const isIgnored =
    decision.kind === 'stop' && isStopIgnored(db, asking.session, nowMs, { ...parts, folder });
  return { decision, fault: trouble?.kind ?? null, isIgnored };
}

function takeUnwritten({ session, unwritten }: AskingSession, { db, pricing }: ReadingParts): Trouble | null {
  try {
    if (unwritten !== undefined) storeUnwritten(db, session.agent, unwritten, pricing);
    return null;
  } catch (error) {
    return troubleOf(error);
  }
}

function aroundOf(settings: GuardSettings, nowMs: number, parts: AccountantParts): Around {
  return { nowMs, calendar: settings.calendar ?? parts.calendar(), accounts: settings.accounts };
}

/** Where answers do not do. Returns what went wrong. */
async function reachProcess(
  answer: HookAnswer,
  asking: AskingSession,
  folder: string,
  parts: AccountantParts,
): Promise<FaultKind | null> {
  const { guard, processes, parentId } = parts;
  if (guard.process === null) return null;
  if (answer.unshown !== '') explainToUser(guard.process, answer.unshown, parentId, processes);
  if (!answer.interrupts) return null;
  const result = interruptAgent(guard.process, parentId, processes);
  if (result === 'told' || (result === 'shared' && (await interruptTurn(asking, parts)))) return null;
  leaveFault(folder, guard.id, 'interruptFailed', result);
  return 'interruptFailed';
}

async function interruptTurn(asking: AskingSession, { guard, machine }: AccountantParts): Promise<boolean> {
  const { engine } = guard;
  const messages = engine?.interruption(asking) ?? null;
  return engine !== undefined && messages !== null && askEngine(engine.socket(machine), messages);
}
