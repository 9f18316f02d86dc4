/** The lines of a file, as a reader sees them. */

import type { LogLine } from '../../src/agents/reader.ts';

const lineFeed = 0x0a;

/** The complete lines of a file, without byte-order mark and line breaks; what follows the last break is held back. */
export function completeLines(file: Buffer): readonly Buffer[] {
  const found: Buffer[] = [];
  let start = file.indexOf('\ufeff') === 0 ? 3 : 0;
  for (let end = file.indexOf(lineFeed, start); end >= 0; end = file.indexOf(lineFeed, start)) {
    const line = file.subarray(start, file[end - 1] === 0x0d ? end - 1 : end);
    if (line.length > 0) found.push(line);
    start = end + 1;
  }
  return found;
}

export function toLogLine(bytes: Buffer): LogLine {
  return {
    byteLength: bytes.length,
    head: (length) => bytes.toString('latin1', 0, Math.min(length, bytes.length)),
    has: (needle) => bytes.includes(needle),
    find: (needle, from) => bytes.indexOf(needle, from),
    slice: (start, end) => bytes.toString('latin1', start, Math.min(end, bytes.length)),
    bytes: (start, end) => bytes.subarray(start, end),
    text: (start = 0, end = bytes.length) => bytes.toString('utf8', start, Math.min(end, bytes.length)),
  };
}
