/** Hands the lines in some bytes of a log to whoever takes them. */

import type { LogLine } from '../agents/reader.ts';
import { byteOrderMarkLength } from './fileBytes.ts';
import { BlockLine, findLineFeed, skipNuls, trimReturn } from './logLine.ts';

export interface LineTaker {
  /** @param position byte offset of the line in its log */
  takeLine(line: LogLine, position: number): void;
  /** A line stayed too long to be read. */
  takeOversized(): void;
}

/**
 * @param bytes whole lines with their breaks
 * @param offset of the bytes in their log
 */
export function handOver(bytes: Buffer, offset: number, taker: LineTaker): void {
  const line = new BlockLine(bytes);
  for (let from = byteOrderMarkLength(bytes, offset); from < bytes.length; ) {
    const feed = findLineFeed(bytes, from);
    const start = skipNuls(bytes, from, feed);
    const end = trimReturn(bytes, start, feed);
    if (start !== end) {
      line.moveTo(start, end);
      taker.takeLine(line, offset + from);
    }
    from = feed + 1;
  }
}

/** Hands over one line of which the strings were cut, if that was of use. */
export function handOverCut(
  bytes: Buffer | null,
  byteLength: number,
  offset: number,
  taker: LineTaker,
): void {
  if (bytes === null) {
    taker.takeOversized();
    return;
  }
  const line = new BlockLine(bytes);
  line.moveTo(skipNuls(bytes, 0, bytes.length), trimReturn(bytes, 0, bytes.length), byteLength);
  taker.takeLine(line, offset);
}
