/** Reads a rollout of Codex line by line. */

import type { SessionFacts } from '../../domain/session.ts';
import { fieldOf, idOf, type LogRecord, nameOf, parseRecord, recordOf, timeOf } from '../fields.ts';
import type { JsonValue, LogLine, LogParser, Sink } from '../reader.ts';
import { enterTurn, isStranger, meetAncestor, passOrdinal, startLineage } from './lineage.ts';
import { isWanted } from './lineKind.ts';
import { keepLast, type Memory, newMemory } from './memory.ts';
import { originOf, threadFacts } from './sessionMeta.ts';
import { promptTitle } from './titles.ts';
import { type Outcome, takeCopiedRecord, takeCount, takeRecord } from './usageEvents.ts';

type Take = (payload: LogRecord, atMs: number | null, sink: Sink) => void;

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
    if (!isWanted(line, memory.hasTitle)) return;
    const record = parseRecord(line.text());
    if (record === null) {
      sink.refuse('malformed');
      return;
    }
    const ordinal = fieldOf(record, 'ordinal');
    memory.lineage = passOrdinal(memory.lineage, typeof ordinal === 'number' ? ordinal : null);
    this.#dispatch(record, sink);
  }

  #dispatch(record: LogRecord, sink: Sink): void {
    const take = this.#lines.get(nameOf(record, 'type'));
    if (take === undefined) return;
    const payload = recordOf(record, 'payload');
    if (payload === null) sink.refuse('malformed');
    else take(payload, timeOf(record, 'timestamp'), sink);
  }

  readonly #lines = new Map<string, Take>([
    ['session_meta', (payload, atMs, sink) => this.#takeMeta(payload, atMs, sink)],
    ['turn_context', (payload) => this.#takeContext(payload)],
    ['token_usage_record', (payload, atMs, sink) => emit(takeRecord(this.#memory, payload, atMs), sink)],
    ['compacted', (payload, atMs, sink) => this.#takeCompaction(payload, atMs, sink)],
    ['event_msg', (payload, atMs, sink) => this.#events.get(nameOf(payload, 'type'))?.(payload, atMs, sink)],
  ]);

  readonly #events = new Map<string, Take>([
    ['token_count', (event, atMs, sink) => emit(takeCount(this.#memory, event, atMs), sink)],
    ['task_started', (event, atMs, sink) => this.#takeTurn(event, atMs, sink, true)],
    ['task_complete', (event, atMs, sink) => this.#takeTurn(event, atMs, sink, false)],
    ['turn_aborted', (event, atMs, sink) => this.#takeTurn(event, atMs, sink, false)],
    ['error', (event, atMs, sink) => this.#takeTurn(event, atMs, sink, false)],
    ['thread_settings_applied', (event) => this.#takeSettings(event)],
    ['user_message', (event, atMs, sink) => this.#takePrompt(event, atMs, sink)],
    ['item_completed', (event, atMs, sink) => this.#takePrompt(event, atMs, sink)],
  ]);

  #takeMeta(meta: LogRecord, atMs: number | null, sink: Sink): void {
    const memory = this.#memory;
    const { threadId: own } = memory.lineage;
    const threadId = idOf(meta, 'id') ?? idOf(meta, 'session_id') ?? own;
    if (memory.hasMeta && threadId === own) return;
    if (memory.hasMeta && !isStranger(memory.lineage, threadId)) {
      memory.lineage = meetAncestor(memory.lineage, threadId);
      return;
    }
    const bornMs = timeOf(meta, 'timestamp') ?? atMs;
    const lineage = startLineage(originOf(meta, threadId, bornMs));
    Object.assign(memory, newMemory(threadId), { hasMeta: true, lineage });
    sink.session(threadFacts(meta, threadId, bornMs));
  }

  #takeContext(context: LogRecord): void {
    const memory = this.#memory;
    memory.model = nameOf(context, 'model');
    memory.recorded = [];
    memory.counted = null;
    const turnId = idOf(context, 'turn_id');
    if (turnId === null) return;
    memory.lineage = enterTurn(memory.lineage, turnId);
    memory.turnModels = keepLast([...memory.turnModels, { turnId, model: memory.model }]);
  }

  #takeTurn(event: LogRecord, atMs: number | null, sink: Sink, isTurnOpen: boolean): void {
    const turnId = isTurnOpen ? idOf(event, 'turn_id') : null;
    if (turnId !== null) this.#memory.lineage = enterTurn(this.#memory.lineage, turnId);
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
    if (settings !== null && threadId === lineage.threadId) {
      this.#memory.serviceTier = nameOf(settings, 'service_tier');
    }
  }

  #takePrompt(event: LogRecord, atMs: number | null, sink: Sink): void {
    const title = this.#memory.hasTitle ? undefined : promptTitle(event);
    if (title !== undefined) this.#memory.hasTitle = this.#say({ title }, atMs, sink);
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
