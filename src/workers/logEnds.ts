/** Reads the ends of a log: its last megabytes, and of a longer one the lines that it begins with. */

import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** Lines that follow one another in a log. */
export interface LogPart {
  readonly isFromStart: boolean;
  /** Complete lines, without their breaks. One that is too long to be looked at is empty. */
  readonly lines: readonly string[];
}

const lastBytes = 4 << 20;
const firstBytes = 1 << 19;
/** In bytes. A longer line holds an image or a file that no prompt shows whole. */
const longestLine = 1 << 18;

/** None where there is no such file, or none that can be read. */
export async function readLogEnds(path: string): Promise<readonly LogPart[]> {
  let file: FileHandle | undefined;
  try {
    // A pipe in the place of a log must not hold up whoever opens it.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = await file.stat();
    return stats.isFile() ? await readParts(file, stats.size) : [];
  } catch {
    return [];
  } finally {
    await file?.close();
  }
}

async function readParts(file: FileHandle, size: number): Promise<readonly LogPart[]> {
  if (size <= lastBytes) return [await readPart(file, 0, size)];
  return [await readPart(file, 0, firstBytes), await readPart(file, size - lastBytes, lastBytes)];
}

async function readPart(file: FileHandle, from: number, length: number): Promise<LogPart> {
  const block = Buffer.alloc(length);
  const { bytesRead } = await file.read(block, 0, length, from);
  return { isFromStart: from === 0, lines: completeLines(block.subarray(0, bytesRead), from === 0) };
}

/** What lies before the first break is the end of a line, unless the log begins there; what follows the last grows. */
function completeLines(bytes: Buffer, isFromStart: boolean): readonly string[] {
  const lines: string[] = [];
  let start = isFromStart ? 0 : bytes.indexOf(lineFeed) + 1;
  for (let end = bytes.indexOf(lineFeed, start); end >= 0; end = bytes.indexOf(lineFeed, start)) {
    if (end > start) lines.push(end - start > longestLine ? '' : bytes.toString('utf8', start, end));
    start = end + 1;
  }
  return lines;
}

const lineFeed = 0x0a;
