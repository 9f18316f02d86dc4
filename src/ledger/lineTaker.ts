/** Hands the lines in some bytes of a log to whoever takes them. */

import type { BlockLines, LogBlock } from '../agents/logBlock.ts';
import type { LogLine } from '../agents/reader.ts';
import { byteOrderMarkLength } from './fileBytes.ts';
import { BlockLine, findLineFeed, skipNuls, trimReturn } from './logLine.ts';

export interface LineTaker {
  /** @param position byte offset of the line in its log */
  takeLine(line: LogLine, position: number): void;
  /** Takes lines together, see {@link LogParser.skim}. Returns the offset of the first that was not taken. */
  takeLines(lines: BlockLines): number;
  /** A line stayed too long to be read. */
  takeOversized(): void;
}

/**
 * @param bytes whole lines with their breaks
 * @param offset of the bytes in their log
 */
export function handOver(bytes: Buffer, offset: number, taker: LineTaker): void {
  const line = new BlockLine(bytes);
  let from = byteOrderMarkLength(bytes, offset);
  while (from < bytes.length) from = handOverOne(line, from, offset, taker);
}

/**
 * As {@link handOver}, of lines at the beginning of a block, many at a time where that can be.
 *
 * @param end of the last line with its break
 */
export function handOverBlock(block: LogBlock, end: number, offset: number, taker: LineTaker): void {
  const line = new BlockLine(block.bytes.subarray(0, end));
  let start = byteOrderMarkLength(block.bytes, offset);
  while (start < end) {
    start = taker.takeLines({ block, start, end, position: offset });
    if (start < end) start = handOverOne(line, start, offset, taker);
  }
}

/** Returns where the next line begins. */
function handOverOne(line: BlockLine, from: number, offset: number, taker: LineTaker): number {
  const { block } = line;
  const feed = findLineFeed(block, from);
  const start = skipNuls(block, from, feed);
  const end = trimReturn(block, start, feed);
  if (start !== end) {
    line.moveTo(start, end);
    taker.takeLine(line, offset + from);
  }
  return feed + 1;
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
