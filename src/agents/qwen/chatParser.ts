/** Reads a chat of Qwen Code, or the transcript of a sub-agent, line by line. */

import { fieldOf, parseRecord, recordOf } from '../fields.ts';
import type { JsonValue, LogLine, LogParser, Sink } from '../reader.ts';
import { type Entry, toEntry } from './entry.ts';
import { factsOf } from './facts.ts';
import { type Memory, newMemory } from './memory.ts';
import { requestOf, toReceipt } from './receipts.ts';
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
      Object.assign(memory, newMemory(entry.key));
    }
    if (entry.type === 'assistant') this.#takeReply(entry, sink);
    else if (entry.type === 'tool_result') takeResults(memory, entry.record, sink);
    else memory.request = requestOf(entry.record) ?? memory.request;
    // What a fork copied says nothing new about the session that it came from.
    if (entry.claim === 'own') sink.session(factsOf(entry, memory));
  }

  /** Telemetry logs the same usage once more, on a line of its own: only this one counts. */
  #takeReply(entry: Entry, sink: Sink): void {
    const usage = recordOf(entry.record, 'usageMetadata');
    if (usage !== null) {
      const receipt = toReceipt(this.#memory, entry, usage);
      this.#memory.request = null;
      if (typeof receipt === 'string') {
        sink.refuse(receipt);
        return;
      }
      sink.receipt(receipt);
      this.#memory.lastReceipt = receipt.id.response;
    } else if (fieldOf(entry.record, 'usageMetadata') !== null) sink.refuse('malformed');
    takeCalls(this.#memory, entry.record, sink);
  }
}

const knownTypes = new Set(['user', 'assistant', 'tool_result', 'system']);

const headBytes = 512;
const systemLine = /^\{[^{}]*"type":"system"/;

/** Most lines of the system's are snapshots, and say nothing. */
function isWanted(line: LogLine): boolean {
  if (!systemLine.test(line.head(headBytes)) || line.has('"usageMetadata"')) return true;
  return ['custom_title', 'parent_session', 'qwen-code.api_response'].some((name) => line.has(`"${name}"`));
}
