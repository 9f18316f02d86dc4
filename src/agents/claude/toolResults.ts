/**
 * The results of tools on a `user` line. They make most of a transcript, so a line is not read for them as a whole: its
 * `toolUseResult` says the same again at length.
 */

import { fieldOf, idOf, isRecord, isTrue, type LogRecord, nameOf, recordOf, recordsOf } from '../fields.ts';
import type { LogLine } from '../reader.ts';

export interface ToolResult {
  readonly callId: string;
  /** UTF-8 bytes of its texts; `null` where it holds more than text, such as a picture, or was cut. */
  readonly bytes: number | null;
  readonly isFailed: boolean;
}

/** How a list of results begins, near the start of its line. Within a text each quote would follow a backslash. */
const opening =
  /"content"\s*:\s*\[\s*\{\s*(?:"type"\s*:\s*"tool_result"\s*,\s*)?"tool_use_id"\s*:\s*"([\w.:-]+)"/;

/** Where the results of a line begin. */
export interface Opening {
  /** The call that the first of them answers. */
  readonly callId: string;
  /** Offset of the list. */
  readonly start: number;
}

/** @param head of a `user` line; `null` where it opens with anything else than a result */
export function openingOf(head: string): Opening | null {
  const match = opening.exec(head);
  const callId = match?.[1];
  return match === null || callId === undefined
    ? null
    : { callId, start: match.index + match[0].indexOf('[') };
}

/** Ends of lists that are tried, as a result may hold what looks like one. */
const mostEnds = 8;

/** The results, without looking at the rest of the line; `null` where that does not do. */
export function resultsFrom(line: LogLine, { start }: Opening): readonly ToolResult[] | null {
  let from = start;
  for (let tried = 0; tried < mostEnds; tried++) {
    const end = line.find('}]}', from);
    if (end < 0) return null;
    const text = isEnd(line, end) ? line.slice(start, end + 2) : null;
    const blocks = text === null ? null : parseBlocks(text);
    if (text !== null && blocks !== null) {
      return hasOtherEscapes(text) ? null : toResults(blocks, (value) => value.length);
    }
    from = end + 1;
  }
  return null;
}

/** Whether a brace may close a result: after a quote that no backslash escapes, a word or a bracket, and not in a list in it. */
function isEnd(line: LogLine, brace: number): boolean {
  const before = line.slice(Math.max(0, brace - 8), brace);
  return /(?:^|[^\\])(?:\\\\)*"$|true$|false$|\]$/.test(before) && line.slice(brace + 3, brace + 4) !== ']';
}

/** Only escapes of ASCII are as many characters here as bytes in UTF-8. */
function hasOtherEscapes(text: string): boolean {
  return text.includes('\\u') && /\\u(?!00[0-7])/.test(text);
}

function parseBlocks(text: string): readonly LogRecord[] | null {
  try {
    const blocks: unknown = JSON.parse(text);
    return Array.isArray(blocks) ? blocks.filter(isRecord) : null;
  } catch {
    return null;
  }
}

/** The results of a line that was read. */
export function resultsOn(record: LogRecord, isCut: boolean): readonly ToolResult[] {
  const message = recordOf(record, 'message');
  const blocks = message === null ? [] : recordsOf(message, 'content');
  return toResults(blocks, (text) => (isCut ? null : Buffer.byteLength(text)));
}

type BytesOf = (text: string) => number | null;

function toResults(blocks: readonly LogRecord[], bytesOf: BytesOf): readonly ToolResult[] {
  return blocks.flatMap((block) => {
    const callId = nameOf(block, 'type') === 'tool_result' ? idOf(block, 'tool_use_id') : null;
    if (callId === null) return [];
    const bytes = bytesOfContent(fieldOf(block, 'content'), bytesOf);
    return [{ callId, bytes, isFailed: isTrue(block, 'is_error') }];
  });
}

function bytesOfContent(content: unknown, bytesOf: BytesOf): number | null {
  if (content === null) return 0;
  if (typeof content === 'string') return bytesOf(content);
  if (!Array.isArray(content)) return null;
  let sum = 0;
  for (const part of content) {
    const text = isRecord(part) && nameOf(part, 'type') === 'text' ? fieldOf(part, 'text') : null;
    const bytes = typeof text === 'string' ? bytesOf(text) : null;
    if (bytes === null) return null;
    sum += bytes;
  }
  return sum;
}
