/**
 * The last line of a log, while its break is not there. A line that is a whole document of JSON is not torn: some programs
 * end before they write the break, or never write one after the last line.
 */

import { fillBlock } from './fileBytes.ts';
import { BlockLine } from './logLine.ts';

const feed = 0x0a;
const brace = 0x7d;

/**
 * What stands in a log from an offset on, where that is one whole line; `null` where it is none, torn or no object. Lines
 * that do not fit into the block are waited for.
 */
export function lastLine(fd: number, offset: number, block: Buffer): BlockLine | null {
  const bytes = fillBlock(fd, block, offset);
  const isOne = bytes.at(-1) === brace && bytes.length < block.length && !bytes.includes(feed);
  if (!isOne || !isJson(bytes.toString())) return null;
  const line = new BlockLine(bytes);
  line.moveTo(0, bytes.length);
  return line;
}

function isJson(text: string): boolean {
  try {
    return JSON.parse(text) !== null;
  } catch {
    return false;
  }
}
