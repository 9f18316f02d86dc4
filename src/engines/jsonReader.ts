/** Takes an answer that is short, and reads it as a whole. */

import type { AnswerReader } from './exchange.ts';

export class JsonReader<Value> implements AnswerReader<Value> {
  readonly #decoder = new TextDecoder();
  readonly #read: (answer: unknown) => Value | null;
  #text = '';

  /** @param read takes what is wanted from the answer; `null` when it is not there */
  constructor(read: (answer: unknown) => Value | null) {
    this.#read = read;
  }

  take(chunk: Uint8Array): void {
    this.#text += this.#decoder.decode(chunk, { stream: true });
  }

  end(): Value | null {
    try {
      return this.#read(JSON.parse(this.#text + this.#decoder.decode()));
    } catch {
      return null;
    }
  }
}
