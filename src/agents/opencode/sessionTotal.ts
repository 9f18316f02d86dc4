/**
 * The sums of a session that its row holds: of sessions whose messages tell nothing, and of those for which more was used
 * than messages tell of. No message has what titles take, nor what compactions took before September 2026.
 */

import type { AgentId } from '../../domain/agent.ts';
import type { Dropped, Receipt } from '../../domain/receipt.ts';
import { isTokenSum, type TokenCounts, totalTokens } from '../../domain/tokens.ts';
import { Counts, dollarsOf, epochMsOf, type LogRecord, nameOf, parseRecord, textOf } from '../fields.ts';
import { allBut } from '../ownReceipt.ts';

/**
 * The receipt of the sums of a session whose messages tell nothing, `null` where the row has none or such that cannot be
 * true. They grow under the same id.
 *
 * @param lastMs when its newest message was written; `null` where that is not known
 */
export function totalOf(
  agent: AgentId,
  key: string,
  session: LogRecord,
  lastMs: number | null,
): Receipt | null {
  // Messages with tokens may have been there, and taken back.
  const writtenMs = Math.max(lastMs ?? 0, epochMsOf(session, 'time_updated') ?? 0);
  return toReceipt(agent, key, session, allBut([], writtenMs || undefined));
}

/**
 * The receipt of what the sums of a session hold beyond all that its messages ever told of, likewise. What is from before
 * the session is no part of them: a fork has copies of messages, and sums of its own.
 */
export function restOf(agent: AgentId, key: string, session: LogRecord): Receipt | null {
  const bornMs = epochMsOf(session, 'time_created') ?? 0;
  return toReceipt(agent, key, session, { ...allBut([]), afterMs: bornMs - 1 });
}

function toReceipt(agent: AgentId, key: string, session: LogRecord, dropped: Dropped): Receipt | null {
  const tokens = tokensOf(session);
  const atMs = epochMsOf(session, 'time_created');
  if (tokens === null || atMs === null) return null;
  const model = parseRecord(textOf(session, 'model') ?? '') ?? {};
  const provider = nameOf(model, 'providerID');
  const projectPath = textOf(session, 'directory');
  return {
    agent,
    id: { response: `${key}/total`, request: '' },
    sessionKey: key,
    claim: 'own',
    atMs,
    model: nameOf(model, 'id') || nameOf(model, 'modelID'),
    tokens,
    webSearches: 0,
    terms: {},
    circumstances: { ...(provider !== '' && { provider }), ...(projectPath !== null && { projectPath }) },
    reportedCost: dollarsOf(session, 'cost'),
    quality: 'sessionTotal',
    dropped,
  };
}

/** The versions that keep such sums keep reasoning apart from output. */
function tokensOf(session: LogRecord): TokenCounts | null {
  const counts = new Counts(session, isTokenSum);
  const output = counts.count('tokens_output');
  const reasoning = counts.count('tokens_reasoning');
  const tokens: TokenCounts = {
    uncachedInput: counts.count('tokens_input'),
    cacheRead: counts.count('tokens_cache_read'),
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    cacheWriteUnknown: counts.count('tokens_cache_write'),
    output: output === null ? null : output + (reasoning ?? 0),
    reasoning,
  };
  return counts.problem !== null || totalTokens(tokens) === 0 ? null : tokens;
}
