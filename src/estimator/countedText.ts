/** A text that changes, counted in as many encodings as are asked for. */

import { ChunkedText } from './chunkedText.ts';
import type { Count, Encoding } from './encoding.ts';
import type { SafeCuts } from './safeCuts.ts';
import { Tally } from './tally.ts';

export class CountedText {
  readonly #text: ChunkedText;
  readonly #tallies = new Map<Encoding, Tally>();
  #version = 0;

  constructor(cuts: SafeCuts) {
    this.#text = new ChunkedText(cuts);
  }

  /** In UTF-16 code units. */
  get length(): number {
    return this.#text.length;
  }

  /** Another number after every change. */
  get version(): number {
    return this.#version;
  }

  /** Replaces `length` code units at `offset`. Both must lie within the text. */
  replace(offset: number, length: number, text: string): void {
    const change = this.#text.replace(offset, length, text);
    this.#version += 1;
    for (const tally of this.#tallies.values()) tally.update(change);
  }

  /** The text, or of a longer one the first `length` code units or a little more. */
  textUpTo(length: number): string {
    let text = '';
    for (const chunk of this.#text.chunks) {
      if (text.length >= length) break;
      text += chunk.text;
    }
    return text;
  }

  /** Counts all of the text; yields as `Tally.count` does. */
  count(encoding: Encoding): Generator<undefined, Count> {
    return this.#tally(encoding).count();
  }

  /** Counts what is from `start` up to but not including `end` now; yields as `Tally.count` does. */
  countSpan(encoding: Encoding, start: number, end: number): Generator<undefined, Count> {
    return this.#tally(encoding).countOnly(this.#text.slice(start, end));
  }

  /** Counts one of the giant runs that were guessed at so far; says whether there was one. */
  settle(): boolean {
    for (const tally of this.#tallies.values()) {
      if (tally.settle()) return true;
    }
    return false;
  }

  #tally(encoding: Encoding): Tally {
    const tally = this.#tallies.get(encoding) ?? new Tally(encoding, this.#text.chunks);
    this.#tallies.set(encoding, tally);
    return tally;
  }
}
