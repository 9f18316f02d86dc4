/**
 * A text in chunks that can be counted apart, so that an edit leaves nearly all of them as they were. Chunks may lack
 * their text: what an edit needs of it and does not find becomes a chunk that is still to be read.
 */

import { Chunk } from './chunk.ts';
import { ChunkList, type Place, type Span } from './chunkList.ts';
import { chunkLengths, cutIntoChunks, lastCut } from './cutter.ts';
import { append, nothing, pieceOf, prepend, type Region, regionOf } from './region.ts';
import type { SafeCuts } from './safeCuts.ts';

/** What an edit did to the list of chunks. */
export interface ChunkChange {
  readonly removed: readonly Chunk[];
  /** Those that are to be counted, unless they are: a chunk that has its text again is among them too. */
  readonly added: readonly Chunk[];
}

/** Offsets are UTF-16 code units, as in the editor. */
export class ChunkedText {
  readonly #cuts: SafeCuts;
  readonly #list = new ChunkList();
  #length = 0;

  /** @param unreadLength length of what follows `text` and is still to be supplied */
  constructor(cuts: SafeCuts, text = '', unreadLength = 0) {
    this.#cuts = cuts;
    if (unreadLength > 0) this.#list.append(new Chunk(unreadLength));
    this.#length = unreadLength;
    this.replace(0, 0, text);
  }

  get length(): number {
    return this.#length;
  }

  /** All chunks in their order, as they are now. */
  get chunks(): Iterable<Chunk> {
    return this.#list.all;
  }

  /**
   * Replaces `length` code units at `offset`. Both must lie within the text.
   * @param text or the length of one that is still to be supplied
   */
  replace(offset: number, length: number, text: string | number): ChunkChange {
    const end = offset + length;
    const inserted = regionOf(text);
    const first = this.#list.find(offset);
    const last = this.#list.find(end);
    const tail = this.#list.at(last.index);
    // A chunk that begins where the edit ends need not be read for it.
    const isApart = end === last.start && (length > 0 || tail?.text === undefined);
    const before = pieceOf(this.#list.at(first.index), 0, offset - first.start);
    const after = isApart ? nothing : pieceOf(tail, end - last.start, tail?.length ?? 0);
    this.#length += inserted.length - length;
    return this.#rebuild(
      first,
      isApart || tail === undefined ? last.index : last.index + 1,
      append(prepend(before, inserted), after),
    );
  }

  /**
   * Takes in text that was lacking, as it is from `offset` on. What was let go has its text again; what nobody had
   * read is cut. `undefined` when that cannot be the text which was let go.
   */
  supply(offset: number, text: string): readonly ChunkChange[] | undefined {
    const changes: ChunkChange[] = [];
    const end = Math.min(offset + text.length, this.#length);
    for (let at = offset; at < end; ) {
      const place = this.#list.find(at);
      const chunk = this.#list.at(place.index);
      if (chunk === undefined) break;
      const next = place.start + chunk.length;
      if (place.start === at && chunk.text === undefined) {
        const taken = this.#take(place, chunk, text.slice(at - offset, next - offset));
        if (taken === undefined) return undefined;
        changes.push(...taken);
      }
      at = next;
    }
    return changes;
  }

  /** As `ChunkList.locate`. */
  locate(wanted: ReadonlySet<Chunk>, most: number): readonly Span[] {
    return this.#list.locate(wanted, most);
  }

  /** The span as a text of its own, in which whole chunks are those of the text; and the chunks that it cuts. */
  slice({ start, end }: Span): { readonly chunks: readonly Chunk[]; readonly cut: readonly Chunk[] } {
    const chunks: Chunk[] = [];
    const cut: Chunk[] = [];
    let { index, start: offset } = this.#list.find(start);
    for (; offset < end; index++) {
      const chunk = this.#list.at(index);
      if (chunk === undefined) break;
      const part = pieceOf(chunk, Math.max(0, start - offset), Math.min(chunk.length, end - offset));
      offset += chunk.length;
      if (part.length === 0) continue;
      const isWhole = part.length === chunk.length;
      chunks.push(isWhole ? chunk : new Chunk(part.length, part.text));
      if (!isWhole) cut.push(chunk);
    }
    return { chunks, cut };
  }

  /** Gives its text, or as much as there is of it, to a chunk that lacks it. */
  #take(place: Place, chunk: Chunk, text: string): readonly ChunkChange[] | undefined {
    if (chunk.edges !== '') return chunk.takeBack(text) ? [{ removed: [], added: [chunk] }] : undefined;
    if (text.length === chunk.length) return [this.replace(place.start, text.length, text)];
    const read = text.slice(0, lastCut(text, this.#cuts));
    const added = [new Chunk(read.length), new Chunk(chunk.length - read.length)];
    const removed = this.#list.replace(place, place.index + 1, added);
    return [{ removed, added }, this.replace(place.start, read.length, read)];
  }

  /** Puts a region in place of the chunks up to `end`, and takes in neighbours until its borders are safe. */
  #rebuild({ index, start }: Place, end: number, edited: Region): ChunkChange {
    let region = edited;
    let left = this.#list.at(index - 1);
    while (left !== undefined && this.#belongs(left.edges, region.text ?? '', region)) {
      region = prepend(left, region);
      index -= 1;
      start -= left.length;
      left = this.#list.at(index - 1);
    }
    let right = this.#list.at(end);
    while (right !== undefined && this.#belongs(region.text ?? '', right.edges, region)) {
      region = append(region, right);
      end += 1;
      right = this.#list.at(end);
    }
    const added = cutIntoChunks(region, this.#cuts);
    return { removed: this.#list.replace({ index, start }, end, added), added };
  }

  /** Whether two neighbours, of which one is the region that is rebuilt, must become one before it is cut. */
  #belongs(left: string, right: string, { length }: Region): boolean {
    if (length < chunkLengths.least) return true;
    // Of what is still to be read one chunk is enough; whether its ends are safe shows when it is.
    if (left === '' || right === '') return left === right;
    return !this.#cuts.isSafeBetween(left, right);
  }
}
