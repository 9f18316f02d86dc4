/**
 * The results of tools on a `user` line. They make most of a transcript, so a line is not read for them as a whole: its
 * `toolUseResult` says the same again at length.
 */

import { fieldOf, idOf, isTrue, type LogRecord, nameOf, recordOf, recordsOf } from '../fields.ts';
import type { LogLine } from '../reader.ts';
import { bytesUnless, resultBytes } from '../resultBytes.ts';

export interface ToolResult {
  readonly callId: string;
  /**
   * UTF-8 bytes of its texts; `null` where it holds more than text, such as a picture, or was cut. A text of some
   * kilobytes is measured by samples: what JSON escapes may then be off by a few bytes in a hundred.
   */
  readonly bytes: number | null;
  readonly isFailed: boolean;
}

/** How a list of results begins, near the start of its line. Within a text each quote would follow a backslash. */
const opening =
  /"content"\s*:\s*\[\s*\{\s*(?:"type"\s*:\s*"tool_result"\s*,\s*)?"tool_use_id"\s*:\s*"([\w.:-]+)"(?:\s*,\s*"type"\s*:\s*"tool_result")?(\s*,\s*"content"\s*:\s*")?/;

/** Where the results of a line begin. */
export interface Opening {
  /** Offset of the content that it is in. */
  readonly start: number;
  /** The call that the first of them answers. */
  readonly callId: string;
  /** Offset of its text; `null` where it does not begin with one. */
  readonly textStart: number | null;
}

/** @param head of a `user` line; `null` where it opens with anything else than a result */
export function openingOf(head: string): Opening | null {
  const match = opening.exec(head);
  const callId = match?.[1];
  if (match === null || callId === undefined) return null;
  const { index } = match;
  return { start: index, callId, textStart: match[2] === undefined ? null : index + match[0].length };
}

/** Ends of lists that are tried, as a text may hold what looks like one. */
const mostEnds = 8;

/** What stands before the brace that closes a result: the quote that ends its text, which no backslash escapes. */
const closing = /[^\\](?:\\\\)*"(\s*,\s*"is_error"\s*:\s*(true|false))?$/;

/** What else can stand before a brace outside of texts. */
const otherClosing = /[\]}\del]$/;

/**
 * The one result of a line, if it is a plain text; the rest of the line is not looked at. `null` where it takes the whole
 * line to tell.
 *
 * @param isAlone no other call waits that the line might answer as well
 */
export function plainResult(
  line: LogLine,
  { callId, textStart }: Opening,
  isAlone: boolean,
): ToolResult | null {
  if (textStart === null || !(isAlone || holdsOne(line, textStart))) return null;
  let from = textStart;
  for (let tried = 0; tried < mostEnds; tried++) {
    const brace = line.find('}]}', from);
    if (brace < 0) return null;
    const before = line.slice(Math.max(textStart - 1, brace - 64), brace);
    const match = closing.exec(before);
    if (match !== null) {
      const textEnd = brace - 1 - (match[1]?.length ?? 0);
      return { callId, bytes: textBytes(line, textStart, textEnd), isFailed: match[2] === 'true' };
    }
    if (otherClosing.test(before)) return null;
    from = brace + 1;
  }
  return null;
}

/** Whether no further result begins after the first one, before the list ends. */
function holdsOne(line: LogLine, textStart: number): boolean {
  return line.find('},{"t', textStart) < 0;
}

/** Of longer texts only so much is looked at, half at the beginning and half at the end. */
const sampledBytes = 2048;

/** UTF-8 bytes of a text, given where it stands between its quotes: exact, or of a long one as its samples have it. */
function textBytes(line: LogLine, start: number, end: number): number {
  const length = end - start;
  if (length <= sampledBytes) return length - escapedBytes(line.slice(start, end));
  const half = sampledBytes / 2;
  const escaped = escapedBytes(line.slice(start, start + half)) + escapedBytes(line.slice(end - half, end));
  return Math.round((length * (sampledBytes - escaped)) / sampledBytes);
}

/** By how many bytes escapes are longer than what they stand for. */
function escapedBytes(text: string): number {
  let bytes = 0;
  for (let at = text.indexOf('\\'); at >= 0; ) {
    const isUnicode = text[at + 1] === 'u';
    const length = isUnicode ? 6 : 2;
    bytes += length - (isUnicode ? utf8Bytes(text.slice(at + 2, at + 6)) : 1);
    at = text.indexOf('\\', at + length);
  }
  return bytes;
}

/** Of a UTF-16 unit in hexadecimal digits: two surrogates stand for four bytes. What is none of these is taken for three. */
function utf8Bytes(digits: string): number {
  if (!/^[\da-f]{4}$/i.test(digits)) return 3;
  const unit = Number.parseInt(digits, 16);
  if (unit < 0x80) return 1;
  return unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
}

/** The results of a line that was read. */
export function resultsOn(record: LogRecord, isCut: boolean): readonly ToolResult[] {
  const message = recordOf(record, 'message');
  const blocks = message === null ? [] : recordsOf(message, 'content');
  return blocks.flatMap((block) => {
    const callId = nameOf(block, 'type') === 'tool_result' ? idOf(block, 'tool_use_id') : null;
    if (callId === null) return [];
    const bytes = resultBytes(fieldOf(block, 'content'), bytesUnless(isCut));
    return [{ callId, bytes, isFailed: isTrue(block, 'is_error') }];
  });
}
