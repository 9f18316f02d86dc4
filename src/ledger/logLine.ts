/** One line of a log, seen in the bytes of a block: nothing is copied or decoded before a reader asks for it. */

import type { LogLine } from '../agents/reader.ts';

/** A view that is moved from line to line of one block. */
export class BlockLine implements LogLine {
  readonly #block: Buffer;
  /** Where each needle occurs next, so that a block is searched once for it and not once a line. */
  readonly #nextAt = new Map<string, number>();
  /** The same for searches from within a line, with where each began. */
  readonly #found = new Map<string, { readonly from: number; readonly at: number }>();
  #start = 0;
  #end = 0;
  #byteLength = 0;

  constructor(block: Buffer) {
    this.#block = block;
  }

  /** @param byteLength of the line as logged, where these bytes are what was left of it */
  moveTo(start: number, end: number, byteLength = end - start): void {
    this.#start = start;
    this.#end = end;
    this.#byteLength = byteLength;
  }

  get byteLength(): number {
    return this.#byteLength;
  }

  head(length: number): string {
    return this.slice(0, length);
  }

  slice(start: number, end: number): string {
    const last = Math.min(this.#end, this.#start + end);
    return this.#block.toString('latin1', this.#start + start, last);
  }

  has(needle: string): boolean {
    let at = this.#nextAt.get(needle);
    if (at === undefined || at < this.#start) {
      at = this.#search(needle, this.#start);
      this.#nextAt.set(needle, at);
    }
    return at + needle.length <= this.#end;
  }

  find(needle: string, from: number): number {
    const wanted = this.#start + from;
    let found = this.#found.get(needle);
    if (found === undefined || wanted < found.from || wanted > found.at) {
      found = { from: wanted, at: this.#search(needle, wanted) };
      this.#found.set(needle, found);
    }
    return found.at + needle.length <= this.#end ? found.at - this.#start : -1;
  }

  #search(needle: string, from: number): number {
    const at = this.#block.indexOf(needle, from, 'latin1');
    return at === -1 ? Number.POSITIVE_INFINITY : at;
  }

  text(): string {
    return this.#block.toString('utf8', this.#start, this.#end);
  }
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** The first byte of a line that is not NUL: a crash may leave a run of them before the next line. */
export function skipNuls(block: Buffer, start: number, end: number): number {
  let at = start;
  while (at < end && block[at] === 0) at++;
  return at;
}

/** The end of a line without the `\r` of a CRLF break. */
export function trimReturn(block: Buffer, start: number, end: number): number {
  return end > start && block[end - 1] === carriageReturn ? end - 1 : end;
}

export function findLineFeed(block: Buffer, from: number): number {
  return block.indexOf(lineFeed, from);
}
