/** Reads a transcript of Claude Code line by line. */

import { fieldOf, idOf, parseRecord, recordOf } from '../fields.ts';
import type { JsonValue, LogLine, LogParser, Sink } from '../reader.ts';
import { type Entry, toEntry } from './entry.ts';
import { isWanted } from './lineKind.ts';
import { type Memory, newMemory } from './memory.ts';
import type { TranscriptPlace } from './place.ts';
import { receiptsOf } from './receipts.ts';
import { factsOf } from './sessionFacts.ts';
import { addSpawnCalls, answeredCall, startedAgent } from './spawns.ts';

/** Types with something to tell. A `progress` line repeats what a sub-agent's own transcript holds. */
const knownTypes = new Set(['assistant', 'user', 'system', 'summary', 'ai-title', 'custom-title']);

export class TranscriptParser implements LogParser {
  readonly #place: TranscriptPlace;
  readonly #memory: Memory;

  constructor(place: TranscriptPlace, saved?: Memory) {
    this.#place = place;
    this.#memory = structuredClone(saved) ?? newMemory();
  }

  save(): JsonValue {
    return structuredClone(this.#memory) as unknown as JsonValue;
  }

  read(line: LogLine, sink: Sink): void {
    if (!isWanted(line, this.#isAwaited)) return;
    const text = line.text();
    const record = parseRecord(text);
    if (record === null) {
      sink.refuse('malformed');
      return;
    }
    const entry = toEntry(record, text, this.#place, this.#memory.sessionId);
    if (knownTypes.has(entry.type)) this.#take(entry, sink);
  }

  readonly #isAwaited = (toolUseId: string) =>
    this.#memory.calls.some((call) => call.toolUseId === toolUseId);

  #take(entry: Entry, sink: Sink): void {
    const memory = this.#memory;
    memory.sessionId = idOf(entry.line, 'sessionId') ?? memory.sessionId;
    memory.atMs = entry.atMs ?? memory.atMs;
    if (entry.type === 'assistant') this.#takeReceipts(entry, sink);
    // What a fork copied says nothing new about the session that it came from.
    if (entry.madeByKey !== entry.key) return;
    if (entry.type === 'user') this.#takeResult(entry, sink);
    sink.session(factsOf(entry, memory));
  }

  #takeReceipts(entry: Entry, sink: Sink): void {
    const { line, text, claim } = entry;
    const message = recordOf(line, 'message');
    if (message === null) {
      if (fieldOf(line, 'message') !== null) sink.refuse('malformed');
      return;
    }
    // A time that is missing is that of the line above; one that is wrong is not made up for.
    const atMs = fieldOf(line, 'timestamp') === null ? this.#memory.atMs : entry.atMs;
    const receipts = receiptsOf({ line, message, text, sessionKey: entry.madeByKey, claim, atMs });
    if (typeof receipts === 'string') sink.refuse(receipts);
    else for (const receipt of receipts) sink.receipt(receipt);
    if (entry.madeByKey === entry.key) this.#memory.calls = addSpawnCalls(this.#memory.calls, message);
  }

  #takeResult(entry: Entry, sink: Sink): void {
    const call = answeredCall(this.#memory.calls, entry.line);
    if (call === undefined) return;
    this.#memory.calls = this.#memory.calls.filter((waiting) => waiting !== call);
    const started = startedAgent(call, entry.line, entry.rootKey, entry.key);
    if (started !== null) sink.session(started);
  }
}
