/** The sums of a session that its row holds, for sessions whose messages tell nothing. */

import type { AgentId } from '../../domain/agent.ts';
import type { Receipt } from '../../domain/receipt.ts';
import { isTokenSum, type TokenCounts, totalTokens } from '../../domain/tokens.ts';
import { Counts, dollarsOf, epochMsOf, type LogRecord, nameOf, parseRecord, textOf } from '../fields.ts';
import { allBut } from '../ownReceipt.ts';

/**
 * The receipt, `null` where the row has no sums or such that cannot be true. Its sums grow under the same id.
 *
 * @param lastMs when its newest message was written; `null` where that is not known
 */
export function totalOf(
  agent: AgentId,
  key: string,
  session: LogRecord,
  lastMs: number | null,
): Receipt | null {
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
    // Messages with tokens may have been there, and taken back.
    dropped: allBut([], Math.max(lastMs ?? 0, epochMsOf(session, 'time_updated') ?? 0) || undefined),
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
