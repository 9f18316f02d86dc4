/** Reads a file that is one JSON document. */

import type { LogLine } from '../agents/reader.ts';
import { byteOrderMarkLength, fillBlock } from './fileBytes.ts';
import { BlockLine } from './logLine.ts';
import { StringCutter } from './stringCutter.ts';

/** Long texts in a document are cut; what is longer than this even so is not read. */
const maxCutBytes = 16 << 20;

export interface ReadDocument {
  /** `null` for an empty file. */
  readonly document: LogLine | null | 'oversized';
  readonly byteLength: number;
}

/** @param block a document that fits is not copied; a larger one goes through a {@link StringCutter} */
export function readDocument(fd: number, block: Buffer): ReadDocument {
  const first = fillBlock(fd, block, 0);
  const markLength = byteOrderMarkLength(first, 0);
  const text = first.subarray(markLength);
  if (first.length < block.length) {
    return { document: toDocument(text, first.length), byteLength: first.length };
  }
  const cutter = new StringCutter(maxCutBytes);
  let byteLength = markLength;
  for (let piece = text; piece.length > 0; piece = fillBlock(fd, block, byteLength)) {
    cutter.push(piece);
    byteLength += piece.length;
  }
  const cut = cutter.finish();
  return { document: cut === null ? 'oversized' : toDocument(cut, byteLength), byteLength };
}

function toDocument(bytes: Buffer, byteLength: number): LogLine | null {
  if (bytes.length === 0) return null;
  const line = new BlockLine(bytes);
  line.moveTo(0, bytes.length, byteLength);
  return line;
}
