/** Which counted chunks of a long text keep their text: those counted last, where somebody types, and those held. */

import type { Chunk } from './chunk.ts';

export class KeptText {
  readonly #mostRecent: number;
  /** Chunks that have been counted and still have their text, the last one at the end. */
  readonly #recent = new Set<Chunk>();
  /** The later one first: two who ask in turns do not take the text from each other. */
  #held: readonly Set<Chunk>[] = [];

  /** @param mostRecent so many chunks keep their text beside those that are held */
  constructor(mostRecent: number) {
    this.#mostRecent = mostRecent;
  }

  /** Takes in a chunk that has been counted; lets go of the one that was counted longest ago, if they are too many. */
  add(chunk: Chunk): void {
    if (this.#held.some((held) => held.has(chunk))) return;
    this.#recent.delete(chunk);
    this.#recent.add(chunk);
    const [oldest] = this.#recent;
    if (oldest === undefined || this.#recent.size <= this.#mostRecent) return;
    this.#recent.delete(oldest);
    oldest.letGo();
  }

  /** Holds on to chunks until others were held twice. Returns those that are held no longer, to be added again. */
  hold(chunks: ReadonlySet<Chunk>): Iterable<Chunk> {
    const [last, beforeLast] = this.#held;
    if (last?.size === chunks.size && [...chunks].every((chunk) => last.has(chunk))) return [];
    this.#held = [new Set(chunks), last ?? new Set()];
    for (const chunk of chunks) this.#recent.delete(chunk);
    return beforeLast ?? [];
  }

  /** A chunk is no longer in the text. */
  remove(chunk: Chunk): void {
    this.#recent.delete(chunk);
    for (const held of this.#held) held.delete(chunk);
  }
}
