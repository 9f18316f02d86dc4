/** Tells from the first bytes of a transcript's line whether it has to be read. */

import type { LogLine } from '../reader.ts';
import { sideChainKey } from './bareLine.ts';
import { type Opening, openingOf } from './toolResults.ts';

export const headBytes = 768;

/** Plain fields, then the type or the first field that holds an object. */
const opening =
  /^\s*\{\s*(?:"\w+"\s*:\s*(?:null|true|false|\d+|"(?:[^"\\]|\\.)*")\s*,\s*)*?"(?:type"\s*:\s*"([\w-]+)"|(\w+)"\s*:\s*\{)/;

/** Types that tell something. `assistant` lines mostly open with their message, before the type. */
const wanted = new Set(['assistant', 'user', 'system', 'summary', 'ai-title', 'custom-title', 'message']);

/** Objects of lines that tell nothing, which stand before the type. */
const idle = new Set(['attachment', 'data']);

/**
 * What a line may tell: results of tools, which make most of a transcript, something else, or nothing, as attachments,
 * snapshots and requests do. When in doubt it is something else, and the whole line is read.
 */
export function kindOf(line: LogLine): Opening | 'other' | 'nothing' {
  const head = line.head(headBytes);
  const match = opening.exec(head);
  const kind = match?.[1] ?? match?.[2];
  if (match === null || kind === undefined || mayHoldUsage(line, match)) return 'other';
  if (!wanted.has(kind)) return 'nothing';
  return (kind === 'user' ? openingOf(head) : null) ?? 'other';
}

/**
 * A crash can leave half a line that the next one follows without a break: the usage in it must not go unseen, nor that
 * behind an object of which nothing is known. A line that says at its beginning whether it is of a side chain is followed
 * by none when nothing says so again.
 */
function mayHoldUsage(line: LogLine, [begun, type, object = '']: RegExpExecArray): boolean {
  const isKnown = type !== undefined || idle.has(object);
  const isWhole = begun.includes(sideChainKey) && line.find(sideChainKey, begun.length) < 0;
  return !(isKnown && isWhole) && line.has('"usage"');
}
