/** Chunks in the order of their text, found by offset. */

import type { Chunk } from './chunk.ts';

/** From `start` up to but not including `end`, in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where a chunk is in the text. */
export interface Place {
  readonly index: number;
  /** The offset of its first code unit. */
  readonly start: number;
}

/** Chunks that are put into the list in place. */
const mostInPlace = 1024;

export class ChunkList {
  #chunks: Chunk[] = [];
  /** The place that was last of interest, near which the next one is likely to be. */
  #finger: Place = { index: 0, start: 0 };

  /** All chunks, as they are now. */
  get all(): Iterable<Chunk> {
    return this.#chunks;
  }

  at(index: number): Chunk | undefined {
    return this.#chunks[index];
  }

  /** The chunk that holds `offset`; at the end of the text, the last one. */
  find(offset: number): Place {
    const chunks = this.#chunks;
    let { index, start } = this.#finger;
    while (index > 0 && offset < start) {
      index -= 1;
      start -= chunks[index]?.length ?? 0;
    }
    let end = start + (chunks[index]?.length ?? 0);
    while (offset >= end && index < chunks.length - 1) {
      index += 1;
      start = end;
      end += chunks[index]?.length ?? 0;
    }
    this.#finger = { index, start };
    return this.#finger;
  }

  /** Puts chunks in place of those from `place` up to but not including `end`, and returns these. */
  replace(place: Place, end: number, added: readonly Chunk[]): readonly Chunk[] {
    const chunks = this.#chunks;
    const removed = chunks.slice(place.index, end);
    this.#finger = place;
    if (added.length === removed.length) {
      for (const [at, chunk] of added.entries()) chunks[place.index + at] = chunk;
    } else if (added.length <= mostInPlace) {
      chunks.splice(place.index, removed.length, ...added);
    } else {
      this.#chunks = [...chunks.slice(0, place.index), ...added, ...chunks.slice(end)];
    }
    return removed;
  }

  append(chunk: Chunk): void {
    this.#chunks.push(chunk);
  }

  /**
   * Where some of the chunks are, from the finger on: as many as hold `most` code units. One that is longer stands
   * alone; where nobody has read it yet, its start stands for it.
   */
  locate(wanted: ReadonlySet<Chunk>, most: number): readonly Span[] {
    const spans: Span[] = [];
    let found = 0;
    let room = most;
    for (const [chunk, start] of this.#fromFinger()) {
      if (found === wanted.size || room <= 0) break;
      if (!wanted.has(chunk)) continue;
      if (chunk.length > room && found > 0) break;
      const end = start + (chunk.edges === '' ? Math.min(chunk.length, room) : chunk.length);
      found += 1;
      room -= end - start;
      const before = spans.at(-1);
      if (before?.end === start) spans[spans.length - 1] = { start: before.start, end };
      else spans.push({ start, end });
    }
    return spans;
  }

  /** All chunks with their offsets: those from the finger on, then those before it. */
  *#fromFinger(): Generator<readonly [chunk: Chunk, start: number]> {
    const chunks = this.#chunks;
    let { index, start } = this.#finger;
    for (let left = chunks.length; left > 0; left--) {
      if (index >= chunks.length) [index, start] = [0, 0];
      const chunk = chunks[index];
      if (chunk === undefined) return;
      yield [chunk, start];
      index += 1;
      start += chunk.length;
    }
  }
}
