/** The part of a chunked text that an edit rebuilds. */

import type { Chunk } from './chunk.ts';

/** Text that goes into a region: that of a chunk, or a part of it. */
export interface Piece {
  readonly length: number;
  /** `undefined` where only the editor has it. */
  readonly text: string | undefined;
  /** Whether it is known to have no safe cut inside. */
  readonly isBare: boolean;
}

/** A text to cut, and the part of it in which safe cuts can be. It lacks its text where one of its pieces did. */
export interface Region {
  readonly length: number;
  readonly text: string | undefined;
  readonly from: number;
  readonly to: number;
}

export const nothing: Piece = { length: 0, text: '', isBare: false };

/** @param text or the length of one that is still to be read */
export function regionOf(text: string | number): Region {
  return typeof text === 'number'
    ? { length: text, text: undefined, from: 0, to: text }
    : { length: text.length, text, from: 0, to: text.length };
}

/** What is from `start` up to but not including `end`, within the chunk if there is one. */
export function pieceOf(chunk: Chunk | undefined, start: number, end: number): Piece {
  if (chunk === undefined || start === end) return nothing;
  return { length: end - start, text: chunk.text?.slice(start, end), isBare: chunk.isBare };
}

export function prepend(left: Piece, { length, text, from, to }: Region): Region {
  return {
    length: left.length + length,
    text: join(left.text, text),
    from: left.isBare ? left.length + from : 0,
    to: left.length + to,
  };
}

export function append({ length, text, from, to }: Region, right: Piece): Region {
  return {
    length: length + right.length,
    text: join(text, right.text),
    from,
    to: right.isBare ? to : length + right.length,
  };
}

function join(left: string | undefined, right: string | undefined): string | undefined {
  return left === undefined || right === undefined ? undefined : left + right;
}
