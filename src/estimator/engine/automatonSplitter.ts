/** Splits ASCII by an automaton, and what that gives up by hand. */

import { type AsciiRules, automatonOf, giveUpBoth, startState, stateShifts } from './automaton.ts';
import type { Splitter } from './splitter.ts';
import { endByte, type Utf8Text } from './text.ts';

/** One piece at a time, of any text. */
export interface PieceReader {
  readonly byteClasses: Uint8Array;

  /** Where the piece ends that begins at `start`, which must lie before the end of the text. */
  endOfPiece(text: DataView, start: number): number;
}

export class AutomatonSplitter implements Splitter {
  readonly cutsAfterLineBreaks = true;
  readonly #reader: PieceReader;
  readonly #table: Uint16Array;

  constructor(rules: AsciiRules, reader: PieceReader) {
    this.#reader = reader;
    this.#table = automatonOf(rules, reader.byteClasses);
  }

  split({ view, bytes, length }: Utf8Text, start: number, ends: Int32Array): number {
    let pieces = 0;
    let at = start;
    while (at < length && pieces < ends.length) {
      pieces = this.#splitAscii(bytes, at, Math.min(length, at + ends.length - pieces), ends, pieces);
      if (pieces > 0) at = ends[pieces - 1] ?? length;
      while (at < length && pieces < ends.length) {
        at = this.#reader.endOfPiece(view, at);
        ends[pieces++] = at;
        if ((bytes[at] ?? 0) < 0x80) break;
      }
    }
    return pieces;
  }

  /** Goes on until it gives up or reaches `limit`; the piece that it is in then is not among its ends. */
  #splitAscii(bytes: Uint8Array, start: number, limit: number, ends: Int32Array, before: number): number {
    const table = this.#table;
    let pieces = before;
    let state: number = startState;
    for (let at = start; at < limit; at++) {
      state = table[state | (bytes[at] ?? 0)] ?? 0;
      if (state < startState) break;
      ends[pieces] = at - ((state >>> stateShifts.endsOneBefore) & 1);
      pieces += (state >>> stateShifts.endsHere) & 1;
    }
    if (state >= startState) state = table[state | endByte] ?? 0;
    return state === giveUpBoth ? pieces - 1 : pieces;
  }
}
