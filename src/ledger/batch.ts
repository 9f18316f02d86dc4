/**
 * What was read from logs and is not stored yet, merged by the same rules as the ledger: a response that is logged
 * five times costs one write.
 */

import type { AgentId } from '../domain/agent.ts';
import type { PlanReading } from '../domain/planReading.ts';
import type { Dropped, Receipt, ReceiptId } from '../domain/receipt.ts';
import { type SessionFacts, titleSources } from '../domain/session.ts';
import type { ToolCall } from '../domain/toolCall.ts';
import { type HashedId, hashCall, hashId } from './identity.ts';
import { betterCredit, betterFact, betterReading, type Credit, type Fact, type Reading } from './merge.ts';
import { mergeTold, type ToolCallDraft, tellOf } from './toolCalls.ts';

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

export interface ReceiptDraft {
  readonly agent: AgentId;
  readonly id: HashedId;
  reading: Reading;
  credit: Credit;
  /** Of a sum that counts less what has been counted one by one, as stated with the reading. */
  dropped?: Dropped | undefined;
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
  readonly receipts: Iterable<ReceiptDraft>;
  readonly sessions: Iterable<SessionDraft>;
  readonly toolCalls: Iterable<ToolCallDraft>;
  readonly planReadings: Iterable<PlanReading>;
}

export class Batch implements Drafts {
  readonly #receipts = new Map<string, ReceiptDraft>();
  readonly #sessions = new Map<string, SessionDraft>();
  readonly #toolCalls = new Map<string, ToolCallDraft>();
  readonly #planReadings = new Map<string, PlanReading>();
  #lastSession: SessionDraft | undefined;
  /** The identity that was made last: lines that follow one another tell of one response. */
  #last: { readonly agent: AgentId; readonly id: ReceiptId; readonly identity: string } | undefined;

  get receipts(): Iterable<ReceiptDraft> {
    return this.#receipts.values();
  }

  get sessions(): Iterable<SessionDraft> {
    return this.#sessions.values();
  }

  get toolCalls(): Iterable<ToolCallDraft> {
    return this.#toolCalls.values();
  }

  get planReadings(): Iterable<PlanReading> {
    return this.#planReadings.values();
  }

  get size(): number {
    return this.#receipts.size + this.#sessions.size + this.#toolCalls.size + this.#planReadings.size;
  }

  addReceipt(receipt: Receipt, stamp: Stamp): void {
    const { agent, sessionKey, claim, dropped } = receipt;
    const session = this.#session(agent, sessionKey);
    // A copied record bears the time of another session's work.
    if (claim !== 'copied') widen(session, receipt.atMs);
    const credit = { sessionKey, claim, bornMs: stamp.bornMs };
    const reading = toReading(receipt, stamp.reader);
    const identity = this.#identityOf(agent, receipt.id);
    const known = this.#receipts.get(identity);
    if (known === undefined) {
      this.#receipts.set(identity, { agent, id: hashId(agent, receipt.id), reading, credit, dropped });
    } else {
      known.reading = betterReading(known.reading, reading);
      if (known.reading === reading) known.dropped = dropped;
      known.credit = betterCredit(known.credit, credit);
    }
  }

  addFacts(facts: SessionFacts, stamp: Stamp): void {
    const session = this.#session(facts.agent, facts.key);
    if (facts.atMs !== undefined) widen(session, facts.atMs);
    const { title, parentKey, isParentGuessed, delegate, isTurnOpen } = facts;
    if (title !== undefined) say(session, 'title', title.text, stamp, titleSources.indexOf(title.source));
    for (const field of plainFields) {
      const value = facts[field];
      if (value !== undefined) say(session, field, value, stamp);
    }
    if (parentKey !== undefined) say(session, 'parentKey', parentKey, stamp, isParentGuessed ? 0 : 1);
    if (delegate !== undefined) session.delegates.set(`${delegate.agent}\0${delegate.key}`, delegate);
    if (isTurnOpen !== undefined) say(session, 'isTurnOpen', String(isTurnOpen), stamp);
  }

  addToolCall(statement: ToolCall): void {
    const receipt = this.#identityOf(statement.agent, statement.receipt);
    const identity = `${receipt}\0${statement.id}`;
    const known = this.#toolCalls.get(identity);
    const told = tellOf(statement);
    if (known === undefined) {
      const { response } = this.#receipts.get(receipt)?.id ?? hashId(statement.agent, statement.receipt);
      const call = hashCall(statement.receipt.request, statement.id);
      this.#toolCalls.set(identity, { response, call, ...told });
    } else this.#toolCalls.set(identity, { ...known, ...mergeTold(known, told) });
  }

  addPlanReading(reading: PlanReading): void {
    this.#planReadings.set(JSON.stringify(reading), reading);
  }

  #identityOf(agent: AgentId, id: ReceiptId): string {
    if (this.#last?.id === id && this.#last.agent === agent) return this.#last.identity;
    const identity = `${agent}\0${id.response}\0${id.request}`;
    this.#last = { agent, id, identity };
    return identity;
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

function toReading(receipt: Receipt, reader: number): Reading {
  const { claim, atMs, model, tokens, webSearches, terms, circumstances, reportedCost, quality } = receipt;
  return { reader, claim, atMs, model, tokens, webSearches, terms, circumstances, reportedCost, quality };
}

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
