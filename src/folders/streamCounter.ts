/** Counts a text that comes in parts, so that no more than a part of it is held at once. */

import { addCounts, type Count, type Encoding, noCount } from '../estimator/encoding.ts';
import type { SafeCuts } from '../estimator/safeCuts.ts';

/** A run without a safe cut that is longer than this is cut nevertheless, and its count a little too high. */
const longestRun = 1 << 20;

export class StreamCounter {
  readonly #encoding: Encoding;
  readonly #cuts: SafeCuts;
  readonly #longestRun: number;
  #count = noCount;
  /** What comes after the last safe cut. */
  #rest = '';

  constructor(encoding: Encoding, cuts: SafeCuts, longest = longestRun) {
    this.#encoding = encoding;
    this.#cuts = cuts;
    this.#longestRun = longest;
  }

  add(text: string): void {
    const known = this.#rest.length;
    this.#rest += text;
    const cut = this.#lastCut(known);
    if (cut > 0) this.#countUpTo(cut);
    else if (this.#rest.length > this.#longestRun) {
      this.#countUpTo(this.#rest.length);
      this.#count = { ...this.#count, isExact: false };
    }
  }

  /** The count of all that was added. */
  end(): Count {
    this.#countUpTo(this.#rest.length);
    return this.#count;
  }

  /** 0 without a cut. There is none within the first `known` characters. */
  #lastCut(known: number): number {
    for (let at = this.#rest.length - 1; at >= Math.max(1, known); at--) {
      if (this.#cuts.isSafe(this.#rest, at)) return at;
    }
    return 0;
  }

  #countUpTo(end: number): void {
    this.#count = addCounts(this.#count, this.#encoding.count(this.#rest.slice(0, end)));
    this.#rest = this.#rest.slice(end);
  }
}
