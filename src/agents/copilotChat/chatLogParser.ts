/**
 * Reads the log of a chat since VS Code 1.109: the state at first, and then each change of it. It is no log that only
 * grows: after some thousand changes VS Code writes it anew as one state.
 */

import { fieldOf, isRecord, type LogRecord, parseRecord } from '../fields.ts';
import type { JsonValue, LogFile, LogLine, LogParser, Sink } from '../reader.ts';
import { Chat } from './chat.ts';

/** What somebody types is written at every pause, and tells nothing. */
const typed = /^\{"kind":[123],"k":\["(?:inputState|pendingRequests)"/;
const headBytes = 48;

export class ChatLogParser implements LogParser {
  readonly #chat: Chat;
  #hasState: boolean;

  constructor(log: LogFile, saved?: JsonValue) {
    const known = isRecord(saved) ? saved : null;
    this.#hasState = known !== null && known.hasState === true;
    this.#chat = new Chat(log, known?.chat as JsonValue | undefined);
  }

  save(): JsonValue {
    return { hasState: this.#hasState, chat: this.#chat.save() };
  }

  read(line: LogLine, sink: Sink): void {
    if (typed.test(line.head(headBytes))) return;
    const text = line.text();
    const entry = parseRecord(text);
    this.#chat.isWhole = Buffer.byteLength(text) >= line.byteLength;
    if (entry === null || !this.#take(entry, sink)) sink.refuse('malformed');
  }

  /** Returns whether the entry could be taken. */
  #take(entry: LogRecord, sink: Sink): boolean {
    const kind = fieldOf(entry, 'kind');
    const value = fieldOf(entry, 'v');
    if (kind === 0) return this.#takeState(value, sink);
    const path = fieldOf(entry, 'k');
    if (!this.#hasState || !Array.isArray(path)) return false;
    if (kind === 1) return this.#chat.set(path, value, sink);
    if (kind === 3) return this.#chat.set(path, undefined, sink);
    return kind === 2 && this.#push(path, value, fieldOf(entry, 'i'), sink);
  }

  #takeState(state: unknown, sink: Sink): boolean {
    if (!isRecord(state)) return false;
    this.#hasState = true;
    this.#chat.takeState(state, sink);
    return true;
  }

  #push(path: readonly unknown[], value: unknown, length: unknown, sink: Sink): boolean {
    const isLength =
      length === null || (typeof length === 'number' && Number.isInteger(length) && length >= 0);
    if (!isLength || (value !== null && !Array.isArray(value))) return false;
    return this.#chat.push(path, value ?? [], length as number | null, sink);
  }
}
