/** Reads a file that is one JSON document. */

import { readSync } from 'node:fs';
import type { LogLine } from '../agents/reader.ts';
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
  const first = fill(fd, block, 0);
  if (first.length < block.length) {
    return { document: toDocument(withoutMark(first), first.length), byteLength: first.length };
  }
  const cutter = new StringCutter(maxCutBytes);
  let byteLength = 0;
  for (let piece = first; piece.length > 0; piece = fill(fd, block, byteLength)) {
    cutter.push(byteLength === 0 ? withoutMark(piece) : piece);
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

function withoutMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function fill(fd: number, block: Buffer, from: number): Buffer {
  let length = 0;
  while (length < block.length) {
    const read = readSync(fd, block, length, block.length - length, from + length);
    if (read === 0) break;
    length += read;
  }
  return block.subarray(0, length);
}
