/** Tells from the first bytes of a rollout's line whether it has to be read. */

import type { LogLine } from '../reader.ts';

const headBytes = 192;

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
]);

/**
 * Whether a line may tell something: most do not, being the conversation itself. When in doubt the answer is yes.
 *
 * @param hasTitle the user's messages are no longer wanted
 */
export function isWanted(line: LogLine, hasTitle: boolean): boolean {
  // A crash can leave half a line that the next one follows without a break: the usage in it must not go unseen.
  if (line.has('_token_usage"')) return true;
  const match = envelope.exec(line.head(headBytes));
  if (match === null) return true;
  const [, type = '', event = ''] = match;
  if (type !== 'event_msg') return wanted.has(type);
  if (event === '' || wantedEvents.has(event)) return true;
  if (hasTitle) return false;
  return event === 'user_message' || (event === 'item_completed' && line.has('"UserMessage"'));
}
