/** A text in chunks that can be counted apart, so that an edit leaves nearly all of them as they were. */

import { isInsidePair, isSafeBetween, isSafeCut } from './safeCuts.ts';

/** Never changed: another text is another chunk, and counts can be kept by chunk. */
export interface Chunk {
  readonly text: string;
  /** The cut before this chunk is not safe: the sum over the chunks may be off by a token or two. */
  readonly followsUnsafeCut: boolean;
}

/** Lengths in UTF-16 code units. A chunk grows past `usual` only where there is no safe cut, and never past `most`. */
const lengths = { least: 128, usual: 512, most: 2048 } as const;

/** Offsets are UTF-16 code units, as in the editor. */
export class ChunkedText {
  #chunks: readonly Chunk[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** All chunks. The list stays as it is when the text changes. */
  get chunks(): readonly Chunk[] {
    return this.#chunks;
  }

  /** Replaces `length` code units at `offset`. Both must lie within the text. */
  replace(offset: number, length: number, text: string): void {
    const first = this.#find(offset);
    const last = this.#find(offset + length);
    const head = this.#chunks[first.index]?.text.slice(0, first.within) ?? '';
    const tail = this.#chunks[last.index]?.text.slice(last.within) ?? '';
    this.#rebuild(first.index, last.index + 1, head + text + tail);
    this.#length += text.length - length;
  }

  /** The span from `start` up to but not including `end`, as a text of its own. */
  slice(start: number, end: number): readonly Chunk[] {
    const chunks: Chunk[] = [];
    let offset = 0;
    for (const chunk of this.#chunks) {
      const text = chunk.text.slice(Math.max(0, start - offset), Math.max(0, end - offset));
      offset += chunk.text.length;
      if (text === '') continue;
      const followsUnsafeCut = chunks.length > 0 && chunk.followsUnsafeCut;
      const isWhole = text.length === chunk.text.length && followsUnsafeCut === chunk.followsUnsafeCut;
      chunks.push(isWhole ? chunk : { text, followsUnsafeCut });
    }
    return chunks;
  }

  /** The chunk that holds `offset`; at the end of the text, the last one. */
  #find(offset: number): { index: number; within: number } {
    let start = 0;
    for (const [index, { text }] of this.#chunks.entries()) {
      const isLast = index === this.#chunks.length - 1;
      if (offset < start + text.length || isLast) return { index, within: offset - start };
      start += text.length;
    }
    return { index: 0, within: 0 };
  }

  /** Puts `text` in place of the chunks from `start` to `end`, and takes in neighbours until the borders are safe. */
  #rebuild(start: number, end: number, text: string): void {
    const chunks = this.#chunks;
    let [from, to, region] = [start, end, text];
    for (
      let left = chunks[from - 1];
      left !== undefined && belongs(left.text, region, region);
      left = chunks[from - 1]
    ) {
      region = left.text + region;
      from -= 1;
    }
    for (
      let right = chunks[to];
      right !== undefined && belongs(region, right.text, region);
      right = chunks[to]
    ) {
      region += right.text;
      to += 1;
    }
    const middle = cut(region, chunks[from - 1]);
    const next = chunks[to];
    const following = next === undefined ? [] : [follow(middle.at(-1) ?? chunks[from - 1], next)];
    this.#chunks = [...chunks.slice(0, from), ...middle, ...following, ...chunks.slice(to + 1)];
  }
}

/** Whether two neighbours, of which one is the region that is rebuilt, must become one before it is cut. */
function belongs(left: string, right: string, region: string): boolean {
  if (region.length < lengths.least) return true;
  return region.length < lengths.most && !isSafeBetween(left, right);
}

/** The same chunk after another one than before. */
function follow(before: Chunk | undefined, chunk: Chunk): Chunk {
  const followsUnsafeCut = before !== undefined && !isSafeBetween(before.text, chunk.text);
  return followsUnsafeCut === chunk.followsUnsafeCut ? chunk : { text: chunk.text, followsUnsafeCut };
}

function cut(text: string, before: Chunk | undefined): Chunk[] {
  const chunks: Chunk[] = [];
  for (let start = 0; start < text.length; ) {
    const end = findCut(text, start);
    const chunk = { text: text.slice(start, end), followsUnsafeCut: false };
    chunks.push(follow(chunks.at(-1) ?? before, chunk));
    start = end;
  }
  return chunks;
}

/** The next cut after `start`: a safe one near the usual length, else one at the greatest length. */
function findCut(text: string, start: number): number {
  if (text.length - start <= lengths.usual + lengths.least) return text.length;
  const usual = start + lengths.usual;
  const most = Math.min(start + lengths.most, text.length);
  for (let at = usual; at < most; at++) {
    if (isSafeCut(text, at)) return at;
  }
  for (let at = usual - 1; at >= start + lengths.least; at--) {
    if (isSafeCut(text, at)) return at;
  }
  return isInsidePair(text, most) ? most - 1 : most;
}
