/** The content of a response in the bytes of its line: where it ends, and the one call in it. Told as in `bareLine.ts`. */

import { type LogRecord, parseRecord } from '../../fields.ts';
import type { LogLine } from '../../reader.ts';
import { inputEnd, isWithin, sideChainKey, spawns } from '../bareLine.ts';
import { isWordByte, quote } from './jsonWalk.ts';
import { startsWith } from './names.ts';

export interface SkimmedCall {
  readonly id: string;
  readonly name: string;
  /** Its input with the braces around it, for as long as the line is read; of what starts a sub-agent, parsed. */
  readonly input: Uint8Array | LogRecord;
}

/** Offset in the block behind the bracket that ends a content; -1 where the line has to be read to tell. */
export function contentEnd(line: LogLine, at: number): number {
  const start = at - line.start;
  const end = line.find('],"stop_reason":', start);
  return end < 0 || isWithin(line, sideChainKey, start, end) ? -1 : line.start + end + 1;
}

/**
 * The one call of a content, given where that stands in the block; `null` where there is none, `undefined` where the line
 * has to be read to tell.
 */
export function skimCall(line: LogLine, start: number, end: number): SkimmedCall | null | undefined {
  const { block, start: lineStart } = line;
  if (!isWithin(line, '_use"', start - lineStart, end - lineStart)) return null;
  const idStart = start + idKey.length;
  const idEnd = startsWith(block, start, idKey) ? labelEnd(block, idStart, end) : -1;
  const nameStart = idEnd + nameKey.length;
  const nameEnd = idEnd >= 0 && startsWith(block, idEnd, nameKey) ? labelEnd(block, nameStart, end) : -1;
  if (nameEnd < 0 || !startsWith(block, nameEnd, inputKey)) return undefined;
  const inputStart = nameEnd + inputKey.length - lineStart;
  const contentEnd = end - lineStart;
  const closing = inputEnd(line, inputStart, contentEnd);
  const isLong = inputStart - (start - lineStart) > mostOpening;
  if (isLong || closing < 0 || isWithin(line, '_use"', inputStart, contentEnd)) return undefined;
  const name = line.slice(nameStart - lineStart, nameEnd - lineStart);
  const input = spawns.has(name)
    ? parseRecord(line.text(inputStart - 1, closing + 1))
    : line.bytes(inputStart - 1, closing + 1);
  return input === null ? undefined : { id: line.slice(idStart - lineStart, idEnd - lineStart), name, input };
}

const idKey = Buffer.from('{"type":"tool_use","id":"', 'latin1');
const nameKey = Buffer.from('","name":"', 'latin1');
const inputKey = Buffer.from('","input":{', 'latin1');
const mostOpening = 256;

const hyphen = 0x2d;

/** Where a text of letters, digits, `_` and `-` ends, given where it begins; -1 where it is no such text. */
function labelEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (isWordByte(bytes[at] ?? 0) || bytes[at] === hyphen)) at++;
  return at > start && bytes[at] === quote ? at : -1;
}
