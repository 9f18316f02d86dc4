/** Reads a chat of Qwen Code, or the transcript of a sub-agent, line by line. */

import type { Receipt } from '../../domain/receipt.ts';
import type { RefusalReason } from '../../domain/refusal.ts';
import { fieldOf, parseRecord, recordOf } from '../fields.ts';
import type { JsonValue, LogLine, LogParser, Sink } from '../reader.ts';
import { type Entry, toEntry } from './entry.ts';
import { factsOf } from './facts.ts';
import { enterSession, type Memory, newMemory } from './memory.ts';
import { helperReceipt, replyReceipt } from './receipts.ts';
import { apiResponseIn } from './telemetry.ts';
import { takeCalls, takeResults } from './toolCalls.ts';

export class ChatParser implements LogParser {
  readonly #memory: Memory;

  constructor(stem: string, saved?: Memory) {
    this.#memory = structuredClone(saved) ?? newMemory(stem);
  }

  save(): JsonValue {
    return structuredClone(this.#memory) as unknown as JsonValue;
  }

  read(line: LogLine, sink: Sink): void {
    if (!isWanted(line)) return;
    const record = parseRecord(line.text());
    if (record === null) {
      sink.refuse('malformed');
      return;
    }
    const entry = toEntry(record, this.#memory.sessionKey);
    if (knownTypes.has(entry.type)) this.#take(entry, sink);
  }

  #take(entry: Entry, sink: Sink): void {
    const memory = this.#memory;
    if (entry.claim === 'own' && entry.key !== memory.sessionKey) {
      enterSession(memory, entry.key);
    }
    if (entry.type === 'assistant') this.#takeReply(entry, sink);
    else if (entry.type === 'tool_result') takeResults(memory, entry.record, sink);
    else if (entry.type === 'system') this.#takeTelemetry(entry, sink);
    // What a fork copied says nothing new about the session that it came from.
    if (entry.claim === 'own') sink.session(factsOf(entry, memory));
  }

  #takeReply(entry: Entry, sink: Sink): void {
    if (fieldOf(entry.record, 'usageMetadata') !== null) {
      const usage = recordOf(entry.record, 'usageMetadata');
      const receipt = usage === null ? 'malformed' : replyReceipt(this.#memory, entry, usage);
      this.#memory.request = null;
      this.#memory.lastReceipt = emit(receipt, sink);
    }
    takeCalls(this.#memory, entry.record, sink);
  }

  /** The session's own usage is on the line of its reply: there alone it counts. */
  #takeTelemetry(entry: Entry, sink: Sink): void {
    const response = apiResponseIn(entry.record);
    if (response === null) return;
    const { helper, durationMs, totalTokens } = response;
    if (helper === null) {
      this.#memory.request = durationMs === null ? null : { totalTokens, durationMs };
      return;
    }
    emit(helperReceipt(entry, helper, response), sink);
    const { key, parentKey, role } = helper;
    sink.session({ agent: 'qwen-code', key, parentKey, isParentGuessed: true, ...(role !== '' && { role }) });
  }
}

/** Returns the id of the receipt, if it is one. */
function emit(receipt: Receipt | RefusalReason, sink: Sink): string | null {
  if (typeof receipt === 'string') {
    sink.refuse(receipt);
    return null;
  }
  sink.receipt(receipt);
  return receipt.id.response;
}

const knownTypes = new Set(['user', 'assistant', 'tool_result', 'system']);

const headBytes = 512;
const systemLine = /^\{[^{}]*"type":"system"/;

/** Most lines of the system's are snapshots, and say nothing. */
function isWanted(line: LogLine): boolean {
  if (!systemLine.test(line.head(headBytes)) || line.has('"usageMetadata"')) return true;
  return ['custom_title', 'parent_session', 'qwen-code.api_response'].some((name) => line.has(`"${name}"`));
}
