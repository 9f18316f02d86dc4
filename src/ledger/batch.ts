/**
 * What was read from logs and is not stored yet, merged by the same rules as the ledger: a response that is logged
 * five times costs one write.
 */

import type { ReplyRun } from '../agents/replyRun.ts';
import type { AgentId } from '../domain/agent.ts';
import type { PlanReading } from '../domain/planReading.ts';
import type { Dropped, Receipt } from '../domain/receipt.ts';
import { type SessionFacts, titleSources } from '../domain/session.ts';
import type { ToolCall } from '../domain/toolCall.ts';
import { CallRows } from './callRows.ts';
import { hashCall } from './identity.ts';
import {
  betterCredit,
  betterFact,
  betterReading,
  type Fact,
  isSameReading,
  narrower,
  type Reading,
} from './merge.ts';
import { ReceiptIds } from './receiptIds.ts';
import { ReceiptRows } from './receiptRows.ts';
import { mergeTold, tellOf } from './toolCalls.ts';

/** Fields of a session that are merged one by one. */
export type FactField =
  | 'title'
  | 'projectPath'
  | 'gitBranch'
  | 'role'
  | 'parentKey'
  | 'isTurnOpen'
  | 'account';

export interface SessionDraft {
  readonly agent: AgentId;
  readonly key: string;
  readonly facts: Map<FactField, Fact>;
  /** Sessions that worked for this one, by a text that tells them apart: all that were ever named. */
  readonly delegates: Map<string, SessionName>;
  /** Earliest and latest time logged; `null` while none was. */
  startedMs: number | null;
  lastMs: number | null;
}

export interface SessionName {
  readonly agent: AgentId;
  readonly key: string;
}

/** Where and when a statement was made: what its weight depends on. */
export interface Stamp {
  readonly reader: number;
  readonly bornMs: number;
  readonly atMs: number;
  readonly position: number;
}

/** What was read, merged: what {@link Batch} holds, or what another thread sends of one. */
export interface Drafts {
  readonly receipts: ReceiptRows;
  readonly sessions: Iterable<SessionDraft>;
  readonly toolCalls: CallRows;
  readonly planReadings: Iterable<PlanReading>;
}

export class Batch implements Drafts {
  readonly receipts = new ReceiptRows();
  readonly toolCalls = new CallRows();
  readonly #ids = new ReceiptIds();
  readonly #sessions = new Map<string, SessionDraft>();
  readonly #planReadings = new Map<string, PlanReading>();
  #lastSession: SessionDraft | undefined;

  get sessions(): Iterable<SessionDraft> {
    return this.#sessions.values();
  }

  get planReadings(): Iterable<PlanReading> {
    return this.#planReadings.values();
  }

  get size(): number {
    return this.receipts.length + this.#sessions.size + this.toolCalls.length + this.#planReadings.size;
  }

  addReceipt(receipt: Receipt, stamp: Stamp): void {
    const { agent, sessionKey, claim, dropped } = receipt;
    const session = this.#session(agent, sessionKey);
    // A copied record bears the time of another session's work.
    if (claim !== 'copied') widen(session, receipt.atMs);
    const credit = { sessionKey, claim, bornMs: stamp.bornMs };
    const reading = toReading(receipt, stamp.reader);
    const id = this.#ids.of(agent, receipt.id);
    const row = this.receipts.add({ agent, id, reading, credit, dropped });
    this.receipts.settleFrom(row, this.#mergeReceipts);
  }

  addRun(run: ReplyRun, stamp: Stamp): void {
    const { receipts, toolCalls } = this;
    const shared = { ...receipts.sharedBy(run, stamp), toolNumber: toolCalls.toolNumberOf };
    const rows = run.fill(shared);
    receipts.settleFrom(receipts.append(rows.receipts), this.#mergeReceipts);
    toolCalls.settleFrom(toolCalls.append(rows.calls), this.#mergeCalls);
  }

  readonly #mergeReceipts = (row: number, known: number): void => {
    const rows = this.receipts;
    const [had, has] = [rows.reading(known), rows.reading(row)];
    const dropped = rows.dropped(row);
    const isSame = dropped !== undefined && isSameReading(had, has);
    if (betterReading(had, has) === has) rows.copyReading(row, known);
    else if (isSame) rows.setDropped(known, droppedByBoth(rows.dropped(known), dropped));
    const [credited, credit] = [rows.credit(known), rows.credit(row)];
    if (betterCredit(credited, credit) === credit) rows.copyCredit(row, known);
  };

  addFacts(facts: SessionFacts, stamp: Stamp): void {
    const session = this.#session(facts.agent, facts.key);
    if (facts.atMs !== undefined) widen(session, facts.atMs);
    const { title, parentKey, isParentGuessed, parentSaidMs, delegate, isTurnOpen } = facts;
    const rank = facts.isSecondHand ? belowAll : 0;
    if (title !== undefined)
      say(session, 'title', title.text, stamp, rank + titleSources.indexOf(title.source));
    for (const field of plainFields) {
      const value = facts[field];
      if (value !== undefined) say(session, field, value, stamp, rank);
    }
    if (parentKey !== undefined) {
      // The latest statement stands: of these the earliest does.
      const said = parentSaidMs === undefined ? stamp : { ...stamp, atMs: -Math.floor(parentSaidMs) };
      say(session, 'parentKey', parentKey, said, rank + (isParentGuessed ? 0 : 1));
    }
    if (delegate !== undefined) session.delegates.set(`${delegate.agent}\0${delegate.key}`, delegate);
    if (isTurnOpen !== undefined) say(session, 'isTurnOpen', String(isTurnOpen), stamp);
  }

  addToolCall(statement: ToolCall): void {
    const { agent, receipt, id } = statement;
    const { response } = this.#ids.of(agent, receipt);
    const call = hashCall(receipt.request, id);
    const row = this.toolCalls.add(response, call, tellOf(statement));
    this.toolCalls.settleFrom(row, this.#mergeCalls);
  }

  readonly #mergeCalls = (row: number, known: number): void => {
    const rows = this.toolCalls;
    rows.setTold(known, mergeTold(rows.told(known), rows.told(row)));
  };

  addPlanReading(reading: PlanReading): void {
    this.#planReadings.set(JSON.stringify(reading), reading);
  }

  /** Of many in a row it is the same. */
  #session(agent: AgentId, key: string): SessionDraft {
    const last = this.#lastSession;
    if (last?.key === key && last.agent === agent) return last;
    this.#lastSession = this.#sessionOf(agent, key);
    return this.#lastSession;
  }

  #sessionOf(agent: AgentId, key: string): SessionDraft {
    const identity = `${agent}\0${key}`;
    const known = this.#sessions.get(identity);
    if (known !== undefined) return known;
    const draft = { agent, key, facts: new Map(), delegates: new Map(), startedMs: null, lastMs: null };
    this.#sessions.set(identity, draft);
    return draft;
  }
}

function droppedByBoth(known: Dropped | undefined, dropped: Dropped): Dropped {
  return known === undefined ? dropped : narrower(known, dropped);
}

function toReading(receipt: Receipt, reader: number): Reading {
  const { claim, atMs, model, tokens, webSearches, terms, circumstances, reportedCost, quality } = receipt;
  return { reader, claim, atMs, model, tokens, webSearches, terms, circumstances, reportedCost, quality };
}

/** Brings a rank below those of all that a session's own log says. */
const belowAll = -titleSources.length;

/** Fields of which any statement is as good as another. */
const plainFields = ['projectPath', 'gitBranch', 'role', 'account'] as const;

function say(session: SessionDraft, field: FactField, value: string, stamp: Stamp, rank = 0): void {
  const { reader, atMs, position } = stamp;
  const fact = { value, rank, reader, atMs, position };
  const known = session.facts.get(field);
  session.facts.set(field, known === undefined ? fact : betterFact(known, fact));
}

function widen(session: SessionDraft, atMs: number): void {
  session.startedMs = Math.min(session.startedMs ?? atMs, atMs);
  session.lastMs = Math.max(session.lastMs ?? atMs, atMs);
}
