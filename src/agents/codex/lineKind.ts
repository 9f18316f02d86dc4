/** Tells from the first bytes of a rollout's line whether it has to be read. */

import type { LogLine } from '../reader.ts';

const headBytes = 512;

/** The envelope as Codex writes it: the payload's own type comes first in it, where it has one. */
const envelope =
  /^\s*\{\s*"timestamp"\s*:\s*"[^"]*"\s*,\s*(?:"ordinal"\s*:\s*\d+\s*,\s*)?"type"\s*:\s*"(\w+)"\s*,\s*"payload"\s*:\s*\{\s*(?:"type"\s*:\s*"(\w+)")?/;

const wanted = new Set(['session_meta', 'turn_context', 'token_usage_record']);

const wantedEvents = new Set([
  'token_count',
  'task_started',
  'task_complete',
  'turn_aborted',
  'error',
  'thread_settings_applied',
  'user_message',
  'patch_apply_end',
  'mcp_tool_call_end',
]);

/** Of the items of a thread: what a person said, and what tells the outcome of a call. */
const wantedItem = /"item"\s*:\s*\{\s*"type"\s*:\s*"(?:UserMessage|FileChange|McpToolCall)"/;

const calls = new Set(['function_call', 'custom_tool_call', 'local_shell_call', 'web_search_call']);

/** The call that a result answers is named before its output. */
const answeredId = /"call_id"\s*:\s*"([^"]*)"/;

/**
 * Whether a line may tell something: most do not, being the conversation itself. When in doubt the answer is yes.
 *
 * @param isAwaited whether the result of a call is wanted
 */
export function isWanted(line: LogLine, isAwaited: (callId: string) => boolean): boolean {
  // A crash can leave half a line that the next one follows without a break: the usage in it must not go unseen.
  if (line.has('_token_usage"')) return true;
  const head = line.head(headBytes);
  const match = envelope.exec(head);
  if (match === null) return true;
  const [, type = '', kind = ''] = match;
  if (type === 'event_msg') return kind === '' || wantedEvents.has(kind) || isWantedItem(kind, head);
  if (type === 'response_item') return calls.has(kind) || isWantedResult(kind, head, isAwaited);
  return wanted.has(type);
}

function isWantedItem(kind: string, head: string): boolean {
  return kind === 'item_completed' && wantedItem.test(head);
}

function isWantedResult(kind: string, head: string, isAwaited: (callId: string) => boolean): boolean {
  if (!kind.endsWith('_call_output')) return false;
  const callId = answeredId.exec(head)?.[1];
  return callId === undefined || isAwaited(callId);
}
