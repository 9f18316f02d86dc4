/**
 * Reads an `assistant` line without what the model wrote, which makes most of it: texts are passed over, and so is the
 * input of a call. What is left is a JSON text of its own, which parses only when nothing but that was taken out.
 */

import { idOf, type LogRecord, nameOf, parseRecord, recordOf, recordsOf } from '../fields.ts';
import type { LogLine } from '../reader.ts';

export interface ReadLine {
  readonly record: LogRecord;
  /** Of which the record is. */
  readonly text: string;
  /** Of the only call on the line, as logged, where the record is without it. */
  readonly input: Uint8Array | null;
}

const contentKey = '"content":[';
/** Part of what versions of note say once on each line. It begins with a letter that texts seldom hold, to be found fast. */
export const sideChainKey = 'Sidechain":';

/** A call of a tool, up to its input. */
const call = /^\{"type":"tool_use","id":"[\w-]+","name":"[\w-]+","input":\{/;

/** How the block of a call ends after its input. */
const callEnd = /\}(,"caller":\{[^{}]*\})?\}$/;

/**
 * `null` where it takes the whole line to tell. Within a text every quote follows a backslash, so what is looked for is
 * found in the structure of the line alone.
 */
export function bareLine(line: LogLine): ReadLine | null {
  const content = line.find(contentKey, 0);
  if (content < 0) return null;
  const start = content + contentKey.length;
  const end = line.find('],"stop_reason":', start);
  if (end < 0 || !isOneLine(line, start, end)) return null;
  if (!isWithin(line, '_use"', start, end)) return bare(line, start, end, null);
  const input = inputOf(line, start, end);
  return input && bare(line, input.start, input.end, line.bytes(input.start - 1, input.end + 1));
}

/** Whether the line is marked before its content, as most are, and so no other follows within it, as after a crash. */
function isOneLine(line: LogLine, start: number, end: number): boolean {
  return isWithin(line, sideChainKey, 0, start) && !isWithin(line, sideChainKey, start, end);
}

/** Where the input of the one call in a content stands, between its braces. */
function inputOf(line: LogLine, contentStart: number, contentEnd: number): Span | null {
  const match = call.exec(line.slice(contentStart, contentStart + 256));
  if (match === null) return null;
  const start = contentStart + match[0].length;
  const end = inputEnd(line, start, contentEnd);
  return end < 0 || isWithin(line, '_use"', start, contentEnd) ? null : { start, end };
}

/** Where the input of the last call in a content ends, before its brace; -1 where it takes the whole line to tell. */
function inputEnd(line: LogLine, inputStart: number, contentEnd: number): number {
  const closing = callEnd.exec(line.slice(Math.max(inputStart, contentEnd - 256), contentEnd));
  return closing === null ? -1 : contentEnd - closing[0].length;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function isWithin(line: LogLine, needle: string, start: number, end: number): boolean {
  const at = line.find(needle, start);
  return at >= 0 && at < end;
}

function bare(line: LogLine, cutStart: number, cutEnd: number, input: Uint8Array | null): ReadLine | null {
  const text = line.text(0, cutStart) + line.text(cutEnd);
  const record = parseRecord(text);
  return record !== null && isComplete(record, input === null ? 0 : 1) ? { record, text, input } : null;
}

/**
 * Whether a message is left without its content alone. What has no id, besides, is told from others by what the model
 * wrote, and of what the user sends the content is what counts.
 */
function isComplete(record: LogRecord, calls: number): boolean {
  const message = nameOf(record, 'type') === 'user' ? null : recordOf(record, 'message');
  if (message === null || idOf(message, 'id') === null || nameOf(message, 'model') === '') return false;
  return recordOf(message, 'usage') !== null && recordsOf(message, 'content').length === calls;
}

/** The line as a whole; `null` where it holds no record. */
export function wholeLine(line: LogLine): ReadLine | null {
  const text = line.text();
  const record = parseRecord(text);
  return record && { record, text, input: null };
}
