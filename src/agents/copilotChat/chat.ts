/** A chat while its log is replayed, as VS Code itself replays it, with no more in memory than receipts need. */

import { epochMsOf, fieldOf, isRecord, type LogRecord, nameOf, recordOf } from '../fields.ts';
import type { JsonValue, LogFile, Sink } from '../reader.ts';
import {
  aged,
  isKeptField,
  type KeptRequest,
  toKept,
  withField,
  withPart,
  withResponse,
} from './keptRequest.ts';
import { endOf, isCopied, isDone, mostRequests, receiptIdOf, receiptsOf } from './receipts.ts';
import { type ChatFacts, factsOfField, factsOfSession, promptFacts, workspaceFacts } from './sessionFacts.ts';
import { tellRounds, tellShown } from './toolCalls.ts';

/** Requests of which everything is remembered: VS Code writes about the last ones alone. */
const mostYoung = 8;
/** Paths that VS Code writes are four parts long. */
const longestPath = 8;

interface Memory {
  key: string;
  /** When the chat was made, in milliseconds since 1970 UTC. */
  createdMs: number | null;
  facts: ChatFacts;
  requests: KeptRequest[];
  /** Requests whose receipts were refused, to count each once. */
  refused: number[];
}

export class Chat {
  readonly #memory: Memory;
  /** Whether what is read now was cut. */
  isWhole = true;

  constructor(log: LogFile, saved?: JsonValue) {
    // What the same version of this reader saved needs no check.
    const memory = structuredClone(saved as Memory | undefined) ?? newMemory(log);
    const isPlaced = memory.facts.projectPath !== undefined;
    this.#memory = isPlaced ? memory : { ...memory, facts: { ...workspaceFacts(log), ...memory.facts } };
  }

  save(): JsonValue {
    return structuredClone(this.#memory) as unknown as JsonValue;
  }

  /** Takes the whole state. */
  takeState(session: LogRecord, sink: Sink): void {
    const memory = this.#memory;
    memory.key = nameOf(session, 'sessionId') || memory.key;
    memory.createdMs = epochMsOf(session, 'creationDate') ?? memory.createdMs;
    memory.facts = { ...memory.facts, ...factsOfSession(session) };
    this.#cut(0);
    const requests = fieldOf(session, 'requests');
    this.#append(Array.isArray(requests) ? requests : [], sink);
  }

  /** Sets the value at a path; `undefined` deletes it. Returns whether there is such a place. */
  set(path: readonly unknown[], value: unknown, sink: Sink): boolean {
    const [root, index, name, ...rest] = path;
    if (path.length > longestPath || typeof root !== 'string') return false;
    if (root !== 'requests') return path.length > 1 || this.#setField(root, value, sink);
    if (index === undefined) {
      this.#cut(0);
      this.#append(Array.isArray(value) ? value : [], sink);
      return true;
    }
    const known = this.#requestAt(index);
    if (known === null) return false;
    if (name === undefined) this.#replace(Number(index), value, sink);
    else if (typeof name === 'string') this.#setPart(Number(index), [name, ...rest], value, sink);
    return true;
  }

  /** Cuts the array at a path to a length, where one is given, and appends to it. Returns whether there is such a place. */
  push(path: readonly unknown[], items: readonly unknown[], length: number | null, sink: Sink): boolean {
    const [root, index, name] = path;
    if (root !== 'requests' || path.length > longestPath) return typeof root === 'string';
    if (index === undefined) {
      const { requests } = this.#memory;
      if (length !== null && length > requests.length) return false;
      this.#cut(length ?? requests.length);
      this.#append(items, sink);
      return true;
    }
    const known = this.#requestAt(index);
    if (known === null) return false;
    if (path.length === 3 && name === 'response') this.#put(Number(index), withResponse(known, items), sink);
    return true;
  }

  #setField(name: string, value: unknown, sink: Sink): boolean {
    const { facts } = this.#memory;
    this.#memory.facts = { ...facts, ...factsOfField(name, value) };
    this.#tellFacts(sink);
    return true;
  }

  #requestAt(index: unknown): KeptRequest | null {
    return typeof index === 'number' ? (this.#memory.requests[index] ?? null) : null;
  }

  #cut(length: number): void {
    const { requests, refused } = this.#memory;
    this.#memory.requests = requests.slice(0, length);
    this.#memory.refused = refused.filter((index) => index < length);
  }

  #append(items: readonly unknown[], sink: Sink): void {
    for (const item of items) {
      if (this.#memory.requests.length >= mostRequests) {
        sink.refuse('oversized');
        break;
      }
      this.#memory.requests.push({});
      this.#replace(this.#memory.requests.length - 1, item, sink);
    }
    this.#tellFacts(sink);
  }

  #replace(index: number, item: unknown, sink: Sink): void {
    const request = isRecord(item) ? item : {};
    if (index === 0) this.#memory.facts = { ...promptFacts(request), ...this.#memory.facts };
    this.#tellResult(index, request, recordOf(request, 'result'), sink);
    this.#put(index, toKept(request), sink);
  }

  #setPart(index: number, path: readonly [string, ...unknown[]], value: unknown, sink: Sink): void {
    const [name, ...rest] = path;
    const known = this.#memory.requests[index] ?? {};
    if (!isKeptField(name)) return;
    if (rest.length === 0) {
      if (name === 'result') this.#tellResult(index, known, isRecord(value) ? value : null, sink);
      this.#put(index, withField(known, name, value), sink);
    } else if (rest.every((key) => typeof key === 'string')) {
      this.#put(index, withPart(known, name, rest, value), sink);
    }
  }

  #tellResult(index: number, request: LogRecord, result: LogRecord | null, sink: Sink): void {
    const { key, createdMs } = this.#memory;
    const id = isCopied(request, index, createdMs) ? null : receiptIdOf(key, request);
    if (result !== null && id !== null) tellRounds(result, id, this.isWhole, sink);
  }

  /** Remembers a request as it is now, and tells of it. */
  #put(index: number, request: KeptRequest, sink: Sink): void {
    const { requests, key, createdMs } = this.#memory;
    requests[index] = request;
    const old = index - mostYoung;
    const oldest = requests[old];
    if (oldest !== undefined) requests[old] = aged(oldest);
    if (!isCopied(request, index, createdMs)) {
      const id = receiptIdOf(key, request);
      if (id !== null && isDone(request)) tellShown(request, id, sink);
      this.#tellReceipts(index, request, sink);
    }
    if (index === requests.length - 1) this.#tellTurn(request, sink);
  }

  #tellReceipts(index: number, request: KeptRequest, sink: Sink): void {
    const { key, refused } = this.#memory;
    const receipts = receiptsOf(request, key, index + 1);
    if (typeof receipts !== 'string') {
      for (const receipt of receipts) sink.receipt(receipt);
      const isDelegated = receipts.some(({ claim }) => claim === 'delegated');
      if (isDelegated) sink.session({ agent: 'copilot-chat', key, delegate: { agent: 'copilot-cli', key } });
    } else if (!refused.includes(index)) {
      refused.push(index);
      sink.refuse(receipts);
    }
  }

  #tellTurn(request: KeptRequest, sink: Sink): void {
    const { key } = this.#memory;
    const atMs = endOf(request) ?? epochMsOf(request, 'timestamp');
    sink.session({
      agent: 'copilot-chat',
      key,
      isTurnOpen: !isDone(request),
      ...(atMs !== null && { atMs }),
    });
  }

  /** A chat in which nothing was asked is none. */
  #tellFacts(sink: Sink): void {
    const { key, facts, requests } = this.#memory;
    if (requests.length > 0) sink.session({ agent: 'copilot-chat', key, ...facts });
  }
}

/** The name of the file is the id of the chat, which mostly says it itself. */
function newMemory({ relativePath }: LogFile): Memory {
  const key = (relativePath.split('/').at(-1) ?? '').replace(/\.jsonl?$/, '') || relativePath;
  return { key, createdMs: null, facts: {}, requests: [], refused: [] };
}
