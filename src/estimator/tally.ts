/** The tokens of a text in one encoding, kept by chunk: an edit costs what it touches. */

import type { Chunk } from './chunk.ts';
import type { ChunkChange } from './chunkedText.ts';
import type { Count, Encoding } from './encoding.ts';
import { guessCount, isGiant } from './giantRuns.ts';

/** New text that is counted at a stretch, in UTF-16 code units: at most some milliseconds. */
const stretch = 16_384;

export class Tally {
  readonly #encoding: Encoding;
  readonly #noteCounted: (chunk: Chunk) => void;
  readonly #counts = new Map<Chunk, Count>();
  /** Chunks that are still to be counted, in the order in which they came. */
  readonly #pending: Set<Chunk>;
  /** Chunks that are to be counted as soon as they have their text. */
  readonly #lacking = new Set<Chunk>();
  /** Chunks whose counts are guesses so far. */
  readonly #guessed = new Set<Chunk>();
  #tokens = 0;
  #inexactChunks = 0;

  /** @param noteCounted is told of each chunk that has been counted for good */
  constructor(encoding: Encoding, chunks: Iterable<Chunk>, noteCounted: (chunk: Chunk) => void) {
    this.#encoding = encoding;
    this.#pending = new Set(chunks);
    this.#noteCounted = noteCounted;
  }

  /** The chunks without which `count` had no answer. */
  get lacking(): ReadonlySet<Chunk> {
    return this.#lacking;
  }

  has(chunk: Chunk): boolean {
    return this.#counts.has(chunk);
  }

  /** Whether it is a chunk of the text, and still to be counted. */
  awaits(chunk: Chunk): boolean {
    return this.#pending.has(chunk) || this.#lacking.has(chunk);
  }

  update({ removed, added }: ChunkChange): void {
    for (const chunk of removed) this.#remove(chunk);
    for (const chunk of added) {
      if (!this.has(chunk)) this.#pending.add(chunk);
    }
  }

  /**
   * Counts what is new and returns the sum over the text as it is by then, or `undefined` where it lacks some. Yields
   * between stretches of work, so that the caller can do something else, such as to update.
   */
  *count(): Generator<undefined, Count | undefined> {
    let fresh = 0;
    for (const chunk of this.#pending) {
      if (this.#countPending(chunk) !== undefined) fresh += chunk.length;
      if (fresh < stretch) continue;
      fresh = 0;
      yield;
    }
    if (this.#lacking.size > 0) return undefined;
    return { tokens: this.#tokens, isExact: this.#inexactChunks === 0 };
  }

  /** Counts chunks of the text, and parts of such; yields as `count` does. */
  *countOnly(chunks: Iterable<Chunk>): Generator<undefined, Count | undefined> {
    let tokens = 0;
    let isExact = true;
    let fresh = 0;
    for (const chunk of chunks) {
      const known = this.#counts.get(chunk);
      const count = known ?? this.#countNew(chunk);
      if (count === undefined) return undefined;
      tokens += count.tokens;
      isExact &&= count.isExact;
      if (known === undefined) fresh += chunk.length;
      if (fresh < stretch) continue;
      fresh = 0;
      yield;
    }
    return { tokens, isExact };
  }

  /** Counts one of the chunks whose counts are guesses; says whether there was one. */
  settle(): boolean {
    for (const chunk of this.#guessed) {
      const { text } = chunk;
      this.#guessed.delete(chunk);
      if (text === undefined) continue;
      this.#remove(chunk);
      this.#enter(chunk, this.#encoding.count(text));
      return true;
    }
    return false;
  }

  #countNew(chunk: Chunk): Count | undefined {
    if (this.#pending.has(chunk)) return this.#countPending(chunk);
    return chunk.text === undefined ? undefined : this.#encoding.count(chunk.text);
  }

  #countPending(chunk: Chunk): Count | undefined {
    const { text } = chunk;
    this.#pending.delete(chunk);
    if (text === undefined) {
      this.#lacking.add(chunk);
      return undefined;
    }
    this.#lacking.delete(chunk);
    const isGuess = isGiant(text);
    const count = isGuess ? guessCount(this.#encoding, text) : this.#encoding.count(text);
    if (isGuess) this.#guessed.add(chunk);
    this.#enter(chunk, count);
    return count;
  }

  #enter(chunk: Chunk, count: Count): void {
    this.#counts.set(chunk, count);
    this.#tokens += count.tokens;
    if (!count.isExact) this.#inexactChunks += 1;
    this.#noteCounted(chunk);
  }

  #remove(chunk: Chunk): void {
    const count = this.#counts.get(chunk);
    this.#pending.delete(chunk);
    this.#lacking.delete(chunk);
    this.#guessed.delete(chunk);
    if (count === undefined) return;
    this.#counts.delete(chunk);
    this.#tokens -= count.tokens;
    if (!count.isExact) this.#inexactChunks -= 1;
  }
}
