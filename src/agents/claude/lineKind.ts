/** Tells from the first bytes of a transcript's line whether it has to be read. */

import type { LogLine } from '../reader.ts';

const headBytes = 768;

/** Plain fields, then the type or the first field that holds an object. */
const opening =
  /^\s*\{\s*(?:"\w+"\s*:\s*(?:null|true|false|\d+|"(?:[^"\\]|\\.)*")\s*,\s*)*?"(?:type"\s*:\s*"([\w-]+)"|(\w+)"\s*:\s*\{)/;

/** Types that tell something. `assistant` lines mostly open with their message, before the type. */
const wanted = new Set(['assistant', 'user', 'system', 'summary', 'ai-title', 'custom-title', 'message']);

/** The call that a tool result answers is named before its content. */
const answeredId = /"tool_use_id"\s*:\s*"([^"]*)"/;

/**
 * Whether a line may tell something. Tool results, which make most of a transcript, do not, nor do attachments,
 * snapshots and requests. When in doubt the answer is yes.
 *
 * @param isAwaited whether the result of a tool call is wanted
 */
export function isWanted(line: LogLine, isAwaited: (toolUseId: string) => boolean): boolean {
  // A crash can leave half a line that the next one follows without a break: the usage in it must not go unseen.
  if (line.has('"usage"')) return true;
  const head = line.head(headBytes);
  const match = opening.exec(head);
  const kind = match?.[1] ?? match?.[2];
  if (kind === undefined) return true;
  if (!wanted.has(kind)) return false;
  if (kind !== 'user' || !line.has('"tool_result"')) return true;
  const id = answeredId.exec(head)?.[1];
  return id === undefined || isAwaited(id);
}
