/** Reads a rollout of Codex line by line. */

import type { PlanReading } from '../../domain/planReading.ts';
import type { SessionFacts } from '../../domain/session.ts';
import { fieldOf, idOf, type LogRecord, nameOf, parseRecord, recordOf, timeOf } from '../fields.ts';
import type { JsonValue, LogLine, LogParser, Sink } from '../reader.ts';
import { type BytesOf, bytesUnless, isCut } from '../resultBytes.ts';
import { answer, credit, isWaiting } from './callBook.ts';
import { enterTurn, isStranger, meetAncestor, passOrdinal, startLineage } from './lineage.ts';
import { isWanted } from './lineKind.ts';
import { keepLast, type Memory, newMemory } from './memory.ts';
import { isPlan, planReadings } from './plan.ts';
import { firstCountRepeats, hasLostRecords, originOf, threadFacts } from './sessionMeta.ts';
import { promptTitle } from './titles.ts';
import { toWaitingCall } from './toolCalls.ts';
import { toOutcome, toResult } from './toolResults.ts';
import { type Turn, toTurn } from './turn.ts';
import { type Outcome, takeCopiedRecord, takeCount, takeRecord } from './usageEvents.ts';

type TakeEvent = (event: LogRecord, atMs: number | null, sink: Sink) => void;
type Take = (payload: LogRecord, atMs: number | null, sink: Sink, bytesOf: BytesOf) => void;

export class RolloutParser implements LogParser {
  readonly #memory: Memory;

  constructor(threadId: string, saved?: Memory) {
    this.#memory = structuredClone(saved) ?? newMemory(threadId);
  }

  save(): JsonValue {
    return structuredClone(this.#memory) as unknown as JsonValue;
  }

  read(line: LogLine, sink: Sink): void {
    const memory = this.#memory;
    if (!isWanted(line, this.#isAwaited)) return;
    const text = line.text();
    const record = parseRecord(text);
    if (record === null) {
      sink.refuse('malformed');
      return;
    }
    const ordinal = fieldOf(record, 'ordinal');
    memory.lineage = passOrdinal(memory.lineage, typeof ordinal === 'number' ? ordinal : null);
    this.#dispatch(record, sink, bytesUnless(isCut(line, text)));
  }

  #dispatch(record: LogRecord, sink: Sink, bytesOf: BytesOf): void {
    const take = this.#lines.get(nameOf(record, 'type'));
    if (take === undefined) return;
    const payload = recordOf(record, 'payload');
    if (payload === null) sink.refuse('malformed');
    else take(payload, timeOf(record, 'timestamp'), sink, bytesOf);
  }

  readonly #isAwaited = (callId: string) => isWaiting(this.#memory, callId);

  readonly #lines = new Map<string, Take>([
    ['session_meta', (payload, atMs, sink) => this.#takeMeta(payload, atMs, sink)],
    ['turn_context', (payload) => this.#takeContext(payload)],
    ['response_item', (payload, _atMs, sink, bytesOf) => this.#takeItem(payload, sink, bytesOf)],
    [
      'token_usage_record',
      (payload, atMs, sink) => this.#emit(takeRecord(this.#memory, payload, atMs), sink),
    ],
    ['compacted', (payload, atMs, sink) => this.#takeCompaction(payload, atMs, sink)],
    ['event_msg', (payload, atMs, sink) => this.#events.get(nameOf(payload, 'type'))?.(payload, atMs, sink)],
  ]);

  readonly #events = new Map<string, TakeEvent>([
    ['token_count', (event, atMs, sink) => this.#takeCount(event, atMs, sink)],
    ['task_started', (event, atMs, sink) => this.#takeTurn(event, atMs, sink, true)],
    ['task_complete', (event, atMs, sink) => this.#takeTurn(event, atMs, sink, false)],
    ['turn_aborted', (event, atMs, sink) => this.#takeTurn(event, atMs, sink, false)],
    ['error', (event, atMs, sink) => this.#takeTurn(event, atMs, sink, false)],
    ['thread_settings_applied', (event) => this.#takeSettings(event)],
    ['user_message', (event, atMs, sink) => this.#takePrompt(event, atMs, sink)],
    ['item_completed', (event, atMs, sink) => this.#takeThreadItem(event, atMs, sink)],
    ['patch_apply_end', (event, _atMs, sink) => answer(this.#memory, toOutcome(event), sink)],
    ['mcp_tool_call_end', (event, _atMs, sink) => answer(this.#memory, toOutcome(event), sink)],
  ]);

  #takeMeta(meta: LogRecord, atMs: number | null, sink: Sink): void {
    const memory = this.#memory;
    const { threadId: own } = memory.lineage;
    const threadId = idOf(meta, 'id') ?? idOf(meta, 'session_id') ?? own;
    if (memory.hasMeta && threadId === own) return;
    const bornMs = timeOf(meta, 'timestamp') ?? atMs;
    const origin = originOf(meta, threadId, bornMs);
    if (memory.hasMeta && !isStranger(memory.lineage, threadId)) {
      memory.lineage = meetAncestor(memory.lineage, origin);
      memory.hasLostRecords ||= hasLostRecords(meta, threadId);
      return;
    }
    const facts = threadFacts(meta, threadId, bornMs);
    const base = recordOf(meta, 'history_base');
    Object.assign(memory, newMemory(threadId), {
      hasMeta: true,
      lineage: startLineage(origin),
      hasLostRecords: hasLostRecords(meta, threadId),
      firstCountRepeats: firstCountRepeats(meta, threadId),
      provider: nameOf(meta, 'model_provider'),
      gitBranch: facts.gitBranch ?? '',
      // A revert goes on in a new file: the first prompt of the thread is in the one before.
      hasTitle: base !== null && idOf(base, 'thread_id') === threadId,
      prompts: facts.parentKey === undefined && base === null ? 0 : null,
    } satisfies Partial<Memory>);
    sink.session(facts);
  }

  #takeContext(context: LogRecord): void {
    const memory = this.#memory;
    const id = idOf(context, 'turn_id');
    // A turn may tell its context again.
    const begun = id === null ? undefined : memory.turns.findLast((turn) => turn.id === id);
    this.#begin(toTurn(context, id, begun?.serviceTier ?? memory.serviceTier));
    memory.isTurnBeginning = begun === undefined;
    memory.recorded = [];
    memory.counted = null;
    if (id !== null) memory.lineage = enterTurn(memory.lineage, id);
  }

  #begin(turn: Turn): void {
    const memory = this.#memory;
    memory.turn = turn;
    if (turn.id === null) return;
    memory.turns = keepLast([...memory.turns.filter(({ id }) => id !== turn.id), turn]);
  }

  #takeItem(item: LogRecord, sink: Sink, bytesOf: BytesOf): void {
    const memory = this.#memory;
    const call = toWaitingCall(item);
    if (call !== null) memory.waitingCalls = keepLast([...memory.waitingCalls, call]);
    else answer(memory, toResult(item, bytesOf), sink);
  }

  #takeThreadItem(event: LogRecord, atMs: number | null, sink: Sink): void {
    this.#takePrompt(event, atMs, sink);
    answer(this.#memory, toOutcome(event), sink);
  }

  #takeCount(event: LogRecord, atMs: number | null, sink: Sink): void {
    const { owner, threadId } = this.#memory.lineage;
    // Copies are stamped with the time of the copy, when the plan stood otherwise.
    const plan = atMs === null || owner !== threadId ? [] : planReadings(event, atMs);
    if (typeof plan === 'string') sink.refuse(plan);
    else this.#takePlan(plan, sink);
    this.#emit(takeCount(this.#memory, event, atMs), sink);
  }

  #takePlan(plan: readonly PlanReading[], sink: Sink): void {
    for (const reading of plan) sink.plan(reading);
    if (this.#memory.isUnderPlan || !plan.some(isPlan)) return;
    this.#memory.isUnderPlan = true;
    sink.session({ agent: 'codex', key: this.#memory.lineage.threadId, account: 'plan' });
  }

  /** Emits a receipt, with the calls that were logged before it. */
  #emit(outcome: Outcome, sink: Sink): void {
    emit(outcome, sink);
    if (outcome === null) return;
    if (typeof outcome !== 'string') credit(this.#memory, outcome.id, sink);
    this.#memory.waitingCalls = [];
  }

  #takeTurn(event: LogRecord, atMs: number | null, sink: Sink, isTurnOpen: boolean): void {
    const turnId = isTurnOpen ? idOf(event, 'turn_id') : null;
    if (turnId !== null) this.#memory.lineage = enterTurn(this.#memory.lineage, turnId);
    // What was called before was of a response that broke off.
    if (isTurnOpen) this.#memory.waitingCalls = [];
    this.#say({ isTurnOpen }, atMs, sink);
  }

  #takeCompaction(payload: LogRecord, atMs: number | null, sink: Sink): void {
    const record = recordOf(payload, 'latest_token_usage_record');
    if (record !== null) emit(takeCopiedRecord(this.#memory, record, atMs), sink);
  }

  #takeSettings(event: LogRecord): void {
    const { lineage } = this.#memory;
    const settings = recordOf(event, 'thread_settings');
    const threadId = idOf(event, 'thread_id') ?? lineage.owner;
    if (settings === null || threadId !== lineage.threadId) return;
    const memory = this.#memory;
    memory.serviceTier = nameOf(settings, 'service_tier');
    memory.provider = nameOf(settings, 'model_provider_id') || memory.provider;
    if (memory.isTurnBeginning) this.#begin({ ...memory.turn, serviceTier: memory.serviceTier });
  }

  #takePrompt(event: LogRecord, atMs: number | null, sink: Sink): void {
    const memory = this.#memory;
    const title = promptTitle(event);
    if (title === undefined) return;
    if (memory.prompts !== null) memory.prompts++;
    if (!memory.hasTitle) memory.hasTitle = this.#say({ title }, atMs, sink);
  }

  /** Emits facts about the thread itself; what stands in a copied history is no news. */
  #say(facts: Partial<SessionFacts>, atMs: number | null, sink: Sink): boolean {
    const { threadId, owner } = this.#memory.lineage;
    if (owner !== threadId) return false;
    sink.session({ agent: 'codex', key: threadId, ...(atMs !== null && { atMs }), ...facts });
    return true;
  }
}

function emit(outcome: Outcome, sink: Sink): void {
  if (typeof outcome === 'string') sink.refuse(outcome);
  else if (outcome !== null) sink.receipt(outcome);
}
