/** Reads a chat of Qwen Code, or the transcript of a sub-agent, line by line. */

import type { Receipt } from '../../domain/receipt.ts';
import type { RefusalReason } from '../../domain/refusal.ts';
import { fieldOf, nameOf, parseRecord, recordOf } from '../fields.ts';
import type { JsonValue, LogLine, LogParser, Sink } from '../reader.ts';
import { type Entry, toEntry } from './entry.ts';
import { factsOf } from './facts.ts';
import { enterSession, type Memory, newMemory, type RequestMemory } from './memory.ts';
import { helperReceipt, replyReceipt, requestOf } from './receipts.ts';
import { addRequest, requestsOfCompression, requestsOfReply } from './requests.ts';
import { apiResponseIn } from './telemetry.ts';
import { takeCalls, takeResults } from './toolCalls.ts';
import { countedIn } from './usage.ts';

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
    else if (entry.type === 'system') this.#takeSystem(entry, sink);
    // What a fork copied says nothing new about the session that it came from.
    if (entry.claim === 'own') sink.session(factsOf(entry, memory));
  }

  #takeReply(entry: Entry, sink: Sink): void {
    if (fieldOf(entry.record, 'usageMetadata') !== null) {
      const usage = recordOf(entry.record, 'usageMetadata');
      const { own, unanswered } = requestsOfReply(this.#memory, usage === null ? '' : countedIn(usage));
      emitUnanswered(unanswered, sink);
      const receipt = usage === null ? 'malformed' : replyReceipt(this.#memory, entry, usage, own);
      this.#memory.lastReceipt = emit(receipt, sink);
    }
    takeCalls(this.#memory, entry.record, sink);
  }

  #takeSystem(entry: Entry, sink: Sink): void {
    if (nameOf(entry.record, 'subtype') === 'chat_compression') {
      emitUnanswered(requestsOfCompression(this.#memory), sink);
    } else this.#takeTelemetry(entry, sink);
  }

  #takeTelemetry(entry: Entry, sink: Sink): void {
    const response = apiResponseIn(entry.record);
    if (response === null) return;
    const { helper } = response;
    if (helper === null) {
      addRequest(this.#memory, requestOf(this.#memory, entry, response));
      return;
    }
    emit(helperReceipt(this.#memory, entry, helper, response), sink);
    const { key, parentKey, role } = helper;
    sink.session({ agent: 'qwen-code', key, parentKey, isParentGuessed: true, ...(role !== '' && { role }) });
  }
}

function emitUnanswered(requests: readonly RequestMemory[], sink: Sink): void {
  for (const { receipt } of requests) if (receipt !== null) emit(receipt, sink);
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

const tellingNames = ['custom_title', 'parent_session', 'chat_compression', 'qwen-code.api_response'];

/** Most lines of the system's are snapshots, and say nothing. */
function isWanted(line: LogLine): boolean {
  if (!systemLine.test(line.head(headBytes)) || line.has('"usageMetadata"')) return true;
  return tellingNames.some((name) => line.has(`"${name}"`));
}
