/** Reads a transcript of Claude Code line by line. */

import type { ReceiptId } from '../../domain/receipt.ts';
import { fieldOf, idOf, type LogRecord, recordOf } from '../fields.ts';
import type { BlockLines } from '../logBlock.ts';
import type { JsonValue, LogLine, LogParser, PlacedSink, Sink } from '../reader.ts';
import { isCut } from '../resultBytes.ts';
import { bareLine, wholeLine } from './bareLine.ts';
import { type Entry, toEntry } from './entry.ts';
import { kindOf } from './lineKind.ts';
import { type Memory, newMemory, sessionMemory } from './memory.ts';
import type { TranscriptPlace } from './place.ts';
import { receiptsOf } from './receipts.ts';
import { copiedFacts, factsOf, originalFacts } from './sessionFacts.ts';
import { Skimmer } from './skim/skimmer.ts';
import { addSpawnCalls, answeredCall, startedAgent } from './spawns.ts';
import { keepOpen, toAnswer, toolCallsOf } from './toolCalls.ts';
import { type Opening, plainResult, resultsOn, type ToolResult } from './toolResults.ts';

/** Types with something to tell. A `progress` line repeats what a sub-agent's own transcript holds. */
const knownTypes = new Set(['assistant', 'user', 'system', 'summary', 'ai-title', 'custom-title']);

export class TranscriptParser implements LogParser {
  readonly #place: TranscriptPlace;
  readonly #memory: Memory;
  readonly #skimmer: Skimmer;

  constructor(place: TranscriptPlace, saved?: Memory) {
    this.#place = place;
    this.#memory = saved ?? newMemory();
    this.#skimmer = new Skimmer(place);
  }

  save(): JsonValue {
    return this.#memory as unknown as JsonValue;
  }

  skim(lines: BlockLines, sink: PlacedSink): number {
    return this.#skimmer.skim(lines, this.#memory, sink);
  }

  read(line: LogLine, sink: Sink): void {
    const bare = bareLine(line);
    if (bare === null && this.#passes(line, sink)) return;
    const read = bare ?? wholeLine(line);
    if (read === null) {
      sink.refuse('malformed');
      return;
    }
    const entry = toEntry(read, this.#place, this.#memory.sessionId);
    if (knownTypes.has(entry.type)) this.#take(entry, sink);
    if (entry.type === 'user') this.#answer(resultsOn(read.record, isCut(line, read.text)), sink);
  }

  /** Takes what can be told without reading the line. Returns whether that is all. */
  #passes(line: LogLine, sink: Sink): boolean {
    const kind = kindOf(line);
    return kind === 'nothing' || (kind !== 'other' && this.#passResults(line, kind, sink));
  }

  /** Takes the results on a line, where they alone are of interest. Returns whether that was so. */
  #passResults(line: LogLine, opening: Opening, sink: Sink): boolean {
    const { calls, openCalls } = this.#memory;
    if (calls.some(({ toolUseId }) => toolUseId === opening.callId)) {
      // What stands before the content says whose the line is.
      if (line.find('agentId', opening.start) >= 0) return false;
      this.#memory.calls = calls.filter(({ toolUseId }) => toolUseId !== opening.callId);
    }
    if (!openCalls.some(({ id }) => id === opening.callId)) return true;
    const result = plainResult(line, opening, openCalls.length === 1);
    if (result !== null) this.#answer([result], sink);
    return result !== null;
  }

  #answer(results: readonly ToolResult[], sink: Sink): void {
    for (const result of results) {
      const call = this.#memory.openCalls.find(({ id }) => id === result.callId);
      if (call === undefined) continue;
      this.#memory.openCalls = this.#memory.openCalls.filter((open) => open !== call);
      sink.toolCall(toAnswer(call, result));
    }
  }

  #take(entry: Entry, sink: Sink): void {
    const memory = this.#memory;
    memory.sessionId = idOf(entry.line, 'sessionId') ?? memory.sessionId;
    memory.atMs = entry.atMs ?? memory.atMs;
    if (entry.type === 'assistant') this.#takeReceipts(entry, sink);
    if (entry.madeByKey !== entry.key) {
      for (const facts of [copiedFacts(entry, memory), originalFacts(entry, memory)]) {
        if (facts !== null) sink.session(facts);
      }
      return;
    }
    if (entry.type === 'user') this.#takeResult(entry, sink);
    sink.session(factsOf(entry, memory));
  }

  #takeReceipts(entry: Entry, sink: Sink): void {
    const { line, claim } = entry;
    const message = recordOf(line, 'message');
    if (message === null) {
      if (fieldOf(line, 'message') !== null) sink.refuse('malformed');
      return;
    }
    // A time that is missing is that of the line above; one that is wrong is not made up for.
    const atMs = fieldOf(line, 'timestamp') === null ? this.#memory.atMs : entry.atMs;
    const turn = entry.isSubAgent ? null : sessionMemory(this.#memory, entry.key).prompts || null;
    const receipts = receiptsOf({ ...entry, message, sessionKey: entry.madeByKey, claim, atMs, turn });
    if (typeof receipts === 'string') sink.refuse(receipts);
    else {
      for (const receipt of receipts) sink.receipt(receipt);
      if (receipts[0] !== undefined) this.#takeCalls(entry, message, receipts[0].id, sink);
    }
    if (entry.madeByKey !== entry.key) return;
    this.#memory.calls = addSpawnCalls(this.#memory.calls, message, entry.input);
  }

  #takeCalls({ input }: Entry, message: LogRecord, receipt: ReceiptId, sink: Sink): void {
    const calls = toolCallsOf(message, receipt, input);
    if (calls.length === 0) return;
    for (const call of calls) sink.toolCall(call);
    keepOpen(
      this.#memory,
      calls.map(({ id }) => ({ id, receipt })),
    );
  }

  #takeResult(entry: Entry, sink: Sink): void {
    const call = answeredCall(this.#memory.calls, entry.line);
    if (call === undefined) return;
    this.#memory.calls = this.#memory.calls.filter((waiting) => waiting !== call);
    const started = startedAgent(call, entry.line, entry.rootKey, entry.key);
    if (started !== null) sink.session(started);
  }
}
