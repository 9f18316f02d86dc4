/** The bytes of a log, or of a file beside one. */

import { constants, readSync } from 'node:fs';

/**
 * How such a file is opened: a pipe that stands in its place would hold up whoever opens it until somebody writes to
 * it. Windows knows neither such pipes nor the flag.
 */
export const withoutWaiting = constants.O_RDONLY | constants.O_NONBLOCK;

/** Reads from an offset on until the block is full or the file ends: some file systems give less than was asked for. */
export function fillBlock(fd: number, block: Buffer, offset: number): Buffer {
  let length = 0;
  while (length < block.length) {
    const read = readSync(fd, block, length, block.length - length, offset + length);
    if (read === 0) break;
    length += read;
  }
  return block.subarray(0, length);
}

/** @param offset of the bytes in their file, which alone may begin with such a mark */
export function byteOrderMarkLength(bytes: Buffer, offset: number): number {
  const isMarked = offset === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return isMarked ? 3 : 0;
}
