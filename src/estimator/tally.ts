/** The tokens of a text in one encoding, kept by chunk: an edit costs what it touches. */

import type { Chunk, ChunkChange } from './chunkedText.ts';
import type { Count, Encoding } from './encoding.ts';
import { guessCount, isGiant } from './giantRuns.ts';

/** New text that is counted at a stretch, in UTF-16 code units: at most some milliseconds. */
const stretch = 16_384;

export class Tally {
  readonly #encoding: Encoding;
  readonly #counts = new Map<Chunk, Count>();
  /** Chunks that are still to be counted, in the order in which they came. */
  readonly #pending: Set<Chunk>;
  /** Chunks whose counts are guesses so far. */
  readonly #guessed = new Set<Chunk>();
  #tokens = 0;
  #inexactChunks = 0;

  constructor(encoding: Encoding, chunks: Iterable<Chunk>) {
    this.#encoding = encoding;
    this.#pending = new Set(chunks);
  }

  update({ removed, added }: ChunkChange): void {
    for (const chunk of removed) this.#remove(chunk);
    for (const chunk of added) this.#pending.add(chunk);
  }

  /**
   * Counts what is new and returns the sum over the text as it is by then. Yields between stretches of work, so that
   * the caller can do something else, such as to update.
   */
  *count(): Generator<undefined, Count> {
    let fresh = 0;
    for (const chunk of this.#pending) {
      this.#countPending(chunk);
      fresh += chunk.text.length;
      if (fresh < stretch) continue;
      fresh = 0;
      yield;
    }
    return { tokens: this.#tokens, isExact: this.#inexactChunks === 0 };
  }

  /** Counts chunks of the text, and parts of such; yields as `count` does. */
  *countOnly(chunks: Iterable<Chunk>): Generator<undefined, Count> {
    let tokens = 0;
    let isExact = true;
    let fresh = 0;
    for (const chunk of chunks) {
      const known = this.#counts.get(chunk);
      const count = known ?? this.#countNew(chunk);
      tokens += count.tokens;
      isExact &&= count.isExact;
      if (known === undefined) fresh += chunk.text.length;
      if (fresh < stretch) continue;
      fresh = 0;
      yield;
    }
    return { tokens, isExact };
  }

  /** Counts one of the chunks whose counts are guesses; says whether there was one. */
  settle(): boolean {
    for (const chunk of this.#guessed) {
      this.#remove(chunk);
      this.#enter(chunk, this.#encoding.count(chunk.text));
      return true;
    }
    return false;
  }

  #countNew(chunk: Chunk): Count {
    return this.#pending.has(chunk) ? this.#countPending(chunk) : this.#encoding.count(chunk.text);
  }

  #countPending(chunk: Chunk): Count {
    const isGuess = isGiant(chunk.text);
    const count = isGuess ? guessCount(this.#encoding, chunk.text) : this.#encoding.count(chunk.text);
    this.#pending.delete(chunk);
    if (isGuess) this.#guessed.add(chunk);
    this.#enter(chunk, count);
    return count;
  }

  #enter(chunk: Chunk, count: Count): void {
    this.#counts.set(chunk, count);
    this.#tokens += count.tokens;
    if (!count.isExact) this.#inexactChunks += 1;
  }

  #remove(chunk: Chunk): void {
    const count = this.#counts.get(chunk);
    this.#pending.delete(chunk);
    this.#guessed.delete(chunk);
    if (count === undefined) return;
    this.#counts.delete(chunk);
    this.#tokens -= count.tokens;
    if (!count.isExact) this.#inexactChunks -= 1;
  }
}
