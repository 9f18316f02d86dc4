/** Which session a call of a model belongs to, by what its span tells. */

import type { SessionFacts } from '../../domain/session.ts';
import { fieldOf, idOf, type LogRecord, nameOf } from '../fields.ts';

/** The attributes with the session that had another one work for it, and with what for. */
export const parentName = 'copilot_chat.parent_chat_session_id';
export const labelName = 'copilot_chat.debug_log_label';

export type SpanPlace = Pick<SessionFacts, 'key' | 'parentKey' | 'role'>;

/**
 * The session; `null` where another log tells of the call, or may do so.
 *
 * A sub-agent has a session of its own, and knows that of its chat. So does what Copilot Chat asks by itself, such as a
 * title, but for the session: all such calls of one kind make one. `gen_ai.conversation.id` is none: until July 2026 it
 * was another one in each turn. What belongs to no chat was mostly asked by another extension, which may keep a log.
 */
export function placeOf(span: LogRecord): SpanPlace | null {
  if (isKeptElsewhere(span)) return null;
  const own = idOf(span, 'chat_session_id');
  const parentKey = idOf(span, parentName);
  if (parentKey === null || parentKey === own) return own === null ? null : { key: own };
  const role = (nameOf(span, labelName) || nameOf(span, 'agent_name')).replace(
    /^(?:tool\/)?runSubagent-/,
    '',
  );
  return { key: own ?? `${parentKey}/${role}`, parentKey, ...(role !== '' && { role }) };
}

/** Claude Code, which Copilot Chat lends its models, by two names over time, and Codex. */
const lentTo = /(?:Claude Copilot Proxy|agentLMServer|oaiLMServer)$/;

/** Other agents keep logs of their own. Of Copilot CLI the calls are told afterwards, without a name. */
function isKeptElsewhere(span: LogRecord): boolean {
  const name = fieldOf(span, 'agent_name');
  return name === null || (typeof name === 'string' && lentTo.test(name));
}
