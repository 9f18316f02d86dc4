/** A text in chunks that can be counted apart, so that an edit leaves nearly all of them as they were. */

import type { SafeCuts } from './safeCuts.ts';

/** Never changed: another text is another chunk, and counts can be kept by chunk. */
export interface Chunk {
  readonly text: string;
}

/** What an edit did to the list of chunks. */
export interface ChunkChange {
  readonly removed: readonly Chunk[];
  readonly added: readonly Chunk[];
}

/** Lengths in UTF-16 code units. A chunk is longer than `usual` only as far as there is no safe cut. */
const lengths = { least: 128, usual: 512 } as const;

/** A chunk this long has no safe cut but near its ends, and is not searched for one again. */
const bareLength = 2 * lengths.usual;

/** Chunks that are put into the list in place. */
const mostInPlace = 1024;

/** Where a chunk is in the text. */
interface Place {
  readonly index: number;
  /** The offset of its first code unit. */
  readonly start: number;
}

/** A text to cut, and the part of it in which safe cuts can be. */
interface Region {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Offsets are UTF-16 code units, as in the editor. */
export class ChunkedText {
  readonly #cuts: SafeCuts;
  #chunks: Chunk[] = [];
  #length = 0;
  /** Where the last edit was, near which the next one is likely to be. */
  #finger: Place = { index: 0, start: 0 };

  constructor(cuts: SafeCuts) {
    this.#cuts = cuts;
  }

  get length(): number {
    return this.#length;
  }

  /** All chunks in their order, as they are now. */
  get chunks(): Iterable<Chunk> {
    return this.#chunks;
  }

  /** Replaces `length` code units at `offset`. Both must lie within the text. */
  replace(offset: number, length: number, text: string): ChunkChange {
    const first = this.#find(offset, this.#finger);
    const last = this.#find(offset + length, first);
    const head = this.#chunks[first.index]?.text ?? '';
    const tail = this.#chunks[last.index]?.text ?? '';
    const before = head.slice(0, offset - first.start);
    const after = tail.slice(offset + length - last.start);
    const whole = before + text + after;
    this.#length += text.length - length;
    return this.#rebuild(first, last.index + 1, {
      text: whole,
      from: head.length > bareLength ? before.length : 0,
      to: tail.length > bareLength ? whole.length - after.length : whole.length,
    });
  }

  /** The span from `start` up to but not including `end`, as a text of its own: whole chunks are those of the text. */
  slice(start: number, end: number): readonly Chunk[] {
    const chunks: Chunk[] = [];
    const first = this.#find(start, this.#finger);
    let offset = first.start;
    for (let index = first.index; offset < end; index++) {
      const chunk = this.#chunks[index];
      if (chunk === undefined) break;
      const text = chunk.text.slice(Math.max(0, start - offset), end - offset);
      offset += chunk.text.length;
      if (text !== '') chunks.push(text.length === chunk.text.length ? chunk : { text });
    }
    return chunks;
  }

  /** The chunk that holds `offset`; at the end of the text, the last one. */
  #find(offset: number, near: Place): Place {
    const chunks = this.#chunks;
    let { index, start } = near;
    while (index > 0 && offset < start) {
      index -= 1;
      start -= chunks[index]?.text.length ?? 0;
    }
    for (;;) {
      const end = start + (chunks[index]?.text.length ?? 0);
      if (offset < end || index >= chunks.length - 1) return { index, start };
      index += 1;
      start = end;
    }
  }

  /** Puts a region in place of the chunks up to `end`, and takes in neighbours until its borders are safe. */
  #rebuild(first: Place, end: number, edited: Region): ChunkChange {
    const chunks = this.#chunks;
    let { index, start } = first;
    let to = Math.min(end, chunks.length);
    let region = edited;
    for (
      let left = chunks[index - 1];
      left !== undefined && this.#belongs(left.text, region.text, region.text);
      left = chunks[index - 1]
    ) {
      region = prepend(left.text, region);
      index -= 1;
      start -= left.text.length;
    }
    for (
      let right = chunks[to];
      right !== undefined && this.#belongs(region.text, right.text, region.text);
      right = chunks[to]
    ) {
      region = append(region, right.text);
      to += 1;
    }
    const added = this.#cut(region);
    const removed = chunks.slice(index, to);
    this.#splice(index, to, added);
    this.#finger = { index, start };
    return { removed, added };
  }

  /** Whether two neighbours, of which one is the region that is rebuilt, must become one before it is cut. */
  #belongs(left: string, right: string, region: string): boolean {
    return region.length < lengths.least || !this.#cuts.isSafeBetween(left, right);
  }

  #splice(from: number, to: number, added: readonly Chunk[]): void {
    const chunks = this.#chunks;
    if (added.length === to - from) {
      for (const [at, chunk] of added.entries()) chunks[from + at] = chunk;
    } else if (added.length <= mostInPlace) {
      chunks.splice(from, to - from, ...added);
    } else {
      this.#chunks = [...chunks.slice(0, from), ...added, ...chunks.slice(to)];
    }
  }

  #cut(region: Region): Chunk[] {
    const { text } = region;
    const chunks: Chunk[] = [];
    for (let start = 0; start < text.length; ) {
      const end = this.#findCut(region, start);
      chunks.push({ text: text.slice(start, end) });
      start = end;
    }
    return chunks;
  }

  /** The next safe cut after `start`, near the usual length if there is one; else the end. */
  #findCut({ text, from, to }: Region, start: number): number {
    if (text.length - start <= lengths.usual + lengths.least) return text.length;
    const usual = start + lengths.usual;
    for (let at = Math.max(usual, from); at <= to && at < text.length; at++) {
      if (this.#cuts.isSafe(text, at)) return at;
    }
    for (let at = Math.min(usual - 1, to); at >= Math.max(start + lengths.least, from); at--) {
      if (this.#cuts.isSafe(text, at)) return at;
    }
    return text.length;
  }
}

function prepend(left: string, { text, from, to }: Region): Region {
  const isBare = left.length > bareLength;
  return { text: left + text, from: isBare ? left.length + from : 0, to: left.length + to };
}

function append({ text, from, to }: Region, right: string): Region {
  const isBare = right.length > bareLength;
  return { text: text + right, from, to: isBare ? to : text.length + right.length };
}
