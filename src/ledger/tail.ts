/**
 * Reads the complete lines of a log from an offset on, block by block, in memory that does not grow with the log.
 * A line counts when its line break is there: what follows the last break stays unread for the next time.
 */

import type { LogBlock } from '../agents/logBlock.ts';
import { byteOrderMarkLength, fillBlock } from './fileBytes.ts';
import { handOverBlock, handOverCut, type LineTaker } from './lineTaker.ts';
import { findLineFeed } from './logLine.ts';
import { StringCutter } from './stringCutter.ts';

/** Bytes read at once. A line that does not fit goes through a {@link StringCutter}. */
export const blockBytes = 1 << 20;

export class LogTail {
  readonly #fd: number;
  readonly #block: LogBlock;
  readonly #taker: LineTaker;
  #offset: number;

  /** @param block of {@link blockBytes}; may be shared by tails that are not read at the same time */
  constructor(fd: number, offset: number, block: LogBlock, taker: LineTaker) {
    this.#fd = fd;
    this.#offset = offset;
    this.#block = block;
    this.#taker = taker;
  }

  /** Where the first line begins that was not taken yet. */
  get offset(): number {
    return this.#offset;
  }

  /** Hands over the lines of the next block. Returns whether there may be more. */
  readBlock(): boolean {
    const bytes = fillBlock(this.#fd, this.#block.bytes, this.#offset);
    const isAtEnd = bytes.length < this.#block.bytes.length;
    const end = bytes.lastIndexOf('\n') + 1;
    if (end === 0) return !isAtEnd && this.#readLongLine(bytes);
    handOverBlock(this.#block, end, this.#offset, this.#taker);
    this.#offset += end;
    return !isAtEnd;
  }

  /** Takes a line that fills more than a block. Returns `false`, and moves nothing, when its break is not there yet. */
  #readLongLine(first: Buffer): boolean {
    const cutter = new StringCutter();
    let at = this.#offset;
    let piece = first.subarray(byteOrderMarkLength(first, at));
    let next = at + first.length;
    let feed = -1;
    while (feed < 0) {
      cutter.push(piece);
      at = next;
      piece = fillBlock(this.#fd, this.#block.bytes, at);
      if (piece.length === 0) return false;
      next = at + piece.length;
      feed = findLineFeed(piece, 0);
    }
    cutter.push(piece.subarray(0, feed));
    handOverCut(cutter.finish(), at + feed - this.#offset, this.#offset, this.#taker);
    this.#offset = at + feed + 1;
    return true;
  }
}
