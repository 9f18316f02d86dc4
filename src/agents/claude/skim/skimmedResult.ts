/** The beginning of a tool's results in the bytes of their line. Told as in `toolResults.ts`. */

import type { LogLine } from '../../reader.ts';
import { headBytes } from '../lineKind.ts';
import type { Opening } from '../toolResults.ts';
import { isWordByte, quote } from './jsonWalk.ts';
import { startsWith } from './names.ts';

const start = Buffer.from('{"role":"user","content":[{"tool_use_id":"', 'latin1');
const otherStart = Buffer.from('{"role":"user","content":[{"type":"tool_result","tool_use_id":"', 'latin1');
const text = Buffer.from('","type":"tool_result","content":"', 'latin1');
const otherText = Buffer.from('","content":"', 'latin1');

/**
 * @param at where in its block the message of a line begins; `null` where it begins in another way than with a text of a
 *   tool
 */
export function skimOpening(line: LogLine, at: number): Opening | null {
  if (startsWith(line.block, at, start)) return openingAt(line, at + start.length, text);
  return startsWith(line.block, at, otherStart) ? openingAt(line, at + otherStart.length, otherText) : null;
}

function openingAt(line: LogLine, idStart: number, text: Uint8Array): Opening | null {
  const { block, start: lineStart } = line;
  let idEnd = idStart;
  while (isWordByte(block[idEnd] ?? quote)) idEnd++;
  const textStart = idEnd + text.length - lineStart;
  if (idEnd === idStart || !startsWith(block, idEnd, text) || textStart > headBytes) return null;
  return { callId: line.slice(idStart - lineStart, idEnd - lineStart), textStart };
}
