/** Finds the lines in bytes that arrive one piece after the other, in memory that does not grow with the log. */

import { byteOrderMarkLength } from './fileBytes.ts';
import { handOver, handOverCut, type LineTaker } from './lineTaker.ts';
import { findLineFeed } from './logLine.ts';
import { StringCutter } from './stringCutter.ts';

const lineFeed = 0x0a;

export class LineSplitter {
  readonly #block: Buffer;
  readonly #taker: LineTaker;
  /** Bytes at the start of the block that are no whole line yet. */
  #held = 0;
  /** Takes a line that has outgrown the block. */
  #cutter: StringCutter | null = null;
  #cutBytes = 0;
  #offset = 0;

  /** @param block may be shared with others that are not in use at the same time */
  constructor(block: Buffer, taker: LineTaker) {
    this.#block = block;
    this.#taker = taker;
  }

  push(piece: Buffer): void {
    for (let rest = piece; rest.length > 0; ) {
      rest = this.#cutter === null ? this.#fill(rest) : this.#cut(rest, this.#cutter);
    }
  }

  /** Takes what follows the last break for a line: nothing more is to come. */
  finish(): void {
    if (this.#held > 0 || this.#cutter !== null) this.push(Buffer.from([lineFeed]));
  }

  /** Fills the block, hands its whole lines over, and returns what did not fit. */
  #fill(piece: Buffer): Buffer {
    const taken = piece.copy(this.#block, this.#held);
    this.#held += taken;
    const bytes = this.#block.subarray(0, this.#held);
    const end = bytes.lastIndexOf(lineFeed) + 1;
    if (end > 0) this.#handOver(end);
    else if (this.#held === this.#block.length) this.#startCutting(bytes);
    return piece.subarray(taken);
  }

  #handOver(end: number): void {
    handOver(this.#block.subarray(0, end), this.#offset, this.#taker);
    this.#block.copyWithin(0, end, this.#held);
    this.#held -= end;
    this.#offset += end;
  }

  #startCutting(bytes: Buffer): void {
    this.#cutter = new StringCutter();
    this.#cutter.push(bytes.subarray(byteOrderMarkLength(bytes, this.#offset)));
    this.#cutBytes = bytes.length;
    this.#held = 0;
  }

  #cut(piece: Buffer, cutter: StringCutter): Buffer {
    const feed = findLineFeed(piece, 0);
    const end = feed < 0 ? piece.length : feed;
    cutter.push(piece.subarray(0, end));
    this.#cutBytes += end;
    if (feed < 0) return piece.subarray(end);
    handOverCut(cutter.finish(), this.#cutBytes, this.#offset, this.#taker);
    this.#offset += this.#cutBytes + 1;
    this.#cutter = null;
    return piece.subarray(feed + 1);
  }
}
