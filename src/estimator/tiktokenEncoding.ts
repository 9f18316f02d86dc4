/** Counts with `js-tiktoken`. */

import { Tiktoken, type TiktokenBPE } from 'js-tiktoken/lite';
import type { Count, Encoding } from './encoding.ts';

/**
 * The time that `js-tiktoken` takes for one piece (a word, a run of signs) grows with the square of its bytes and
 * more: 256 cost some milliseconds, 10,000 many seconds.
 */
const longestPieceBytes = 256;

/** Lengths of the parts that a longer piece is counted in, which come to at most 64 bytes. */
const asciiPartLength = 64;
const otherPartLength = 16;

/** Builds the tables of an encoding from its ranks: half a second and some 130 MB for `o200k_base`. */
export function createTiktokenEncoding(ranks: TiktokenBPE): Encoding {
  const tiktoken = new Tiktoken(ranks);
  const pieces = new RegExp(ranks.pat_str, 'gu');
  const length = (text: string) => tiktoken.encode(text, [], []).length;
  return {
    count(text) {
      const long = findLongPieces(text, pieces);
      return long.length === 0 ? { tokens: length(text), isExact: true } : countAround(text, long, length);
    },
  };
}

interface Piece {
  readonly start: number;
  readonly end: number;
}

function findLongPieces(text: string, pieces: RegExp): readonly Piece[] {
  const long: Piece[] = [];
  if (!isLong(text)) return long;
  for (const { index, 0: piece } of text.matchAll(pieces)) {
    if (isLong(piece)) long.push({ start: index, end: index + piece.length });
  }
  return long;
}

const encoder = new TextEncoder();

function isLong(text: string): boolean {
  const mostBytes = 3 * text.length;
  return mostBytes > longestPieceBytes && encoder.encode(text).length > longestPieceBytes;
}

/** Counts long pieces part by part, which finds some tokens too many, and what is between them as it is. */
function countAround(text: string, long: readonly Piece[], length: (text: string) => number): Count {
  let tokens = 0;
  let done = 0;
  for (const { start, end } of long) {
    tokens += length(text.slice(done, start));
    for (const part of parts(text.slice(start, end))) tokens += length(part);
    done = end;
  }
  return { tokens: tokens + length(text.slice(done)), isExact: false };
}

function* parts(piece: string): Generator<string> {
  const isAscii = encoder.encode(piece).length === piece.length;
  const partLength = isAscii ? asciiPartLength : otherPartLength;
  for (let start = 0; start < piece.length; ) {
    const isInPair = /[\uD800-\uDBFF]/.test(piece.charAt(start + partLength - 1));
    const end = start + partLength + (isInPair ? 1 : 0);
    yield piece.slice(start, end);
    start = end;
  }
}
