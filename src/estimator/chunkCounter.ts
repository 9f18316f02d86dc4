/** Counts chunks with one encoding, each of them once. */

import type { Chunk } from './chunkedText.ts';
import { addCounts, type Count, type Encoding, noCount } from './encoding.ts';

/** New text that is counted at a stretch, in UTF-16 code units: some milliseconds. */
const stretch = 8192;

export class ChunkCounter {
  readonly #encoding: Encoding;
  /** As long as the chunks live, and no longer. */
  readonly #known = new WeakMap<Chunk, Count>();

  constructor(encoding: Encoding) {
    this.#encoding = encoding;
  }

  /** Returns the sum over the chunks, and yields between stretches of work so that the caller can do something else. */
  *count(chunks: readonly Chunk[]): Generator<undefined, Count> {
    let sum = noCount;
    let fresh = 0;
    for (const chunk of chunks) {
      const known = this.#known.get(chunk);
      sum = addCounts(sum, known ?? this.#countNew(chunk));
      if (known === undefined) fresh += chunk.text.length;
      if (fresh < stretch) continue;
      fresh = 0;
      yield;
    }
    return sum;
  }

  #countNew(chunk: Chunk): Count {
    const { tokens, isExact } = this.#encoding.count(chunk.text);
    const count = { tokens, isExact: isExact && !chunk.followsUnsafeCut };
    this.#known.set(chunk, count);
    return count;
  }
}
