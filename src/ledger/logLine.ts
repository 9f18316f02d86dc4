/** One line of a log, seen in the bytes of a block: nothing is copied or decoded before a reader asks for it. */

import type { LogLine } from '../agents/reader.ts';

/** A view that is moved from line to line of one block. */
export class BlockLine implements LogLine {
  readonly #block: Buffer;
  /** Where each needle occurs next, so that a block is searched once for it and not once a line. */
  readonly #nextAt = new Map<string, number>();
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
    return this.#block.toString('latin1', this.#start, Math.min(this.#end, this.#start + length));
  }

  has(needle: string): boolean {
    let at = this.#nextAt.get(needle);
    if (at === undefined || at < this.#start) {
      const found = this.#block.indexOf(needle, this.#start, 'latin1');
      at = found === -1 ? Number.POSITIVE_INFINITY : found;
      this.#nextAt.set(needle, at);
    }
    return at + needle.length <= this.#end;
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
