/** One line of a log, seen in the bytes of a block: nothing is copied or decoded before a reader asks for it. */

import type { LogLine } from '../agents/reader.ts';

/** A view that is moved from line to line of one block. */
export class BlockLine implements LogLine {
  readonly block: Buffer;
  byteLength = 0;
  #bytes: Buffer = nothing;

  constructor(block: Buffer) {
    this.block = block;
  }

  /** @param byteLength of the line as logged, where these bytes are what was left of it */
  moveTo(start: number, end: number, byteLength = end - start): void {
    this.byteLength = byteLength;
    this.#bytes = this.block.subarray(start, end);
  }

  head(length: number): string {
    return this.slice(0, length);
  }

  slice(start: number, end: number): string {
    return this.#bytes.toString('latin1', start, end);
  }

  has(needle: string): boolean {
    return this.find(needle, 0) >= 0;
  }

  find(needle: string, from: number): number {
    return this.#bytes.indexOf(needle, from, 'latin1');
  }

  bytes(start: number, end: number): Uint8Array {
    return this.#bytes.subarray(start, end);
  }

  text(start = 0, end = this.#bytes.length): string {
    return this.#bytes.toString('utf8', start, end);
  }
}

const nothing = Buffer.alloc(0);

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
