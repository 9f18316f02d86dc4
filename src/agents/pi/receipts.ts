/** The receipt of a reply. */

import type { Receipt } from '../../domain/receipt.ts';
import type { RefusalReason } from '../../domain/refusal.ts';
import { hasUnknown, type TokenCounts, tokenClasses } from '../../domain/tokens.ts';
import {
  Counts,
  dollarsOf,
  epochMsOf,
  fieldOf,
  idOf,
  type LogRecord,
  nameOf,
  recordOf,
  timeOf,
} from '../fields.ts';
import { isSumOfSeveral } from './asides.ts';
import { type Memory, receiptIdOf } from './memory.ts';
import { mirroredThread } from './mirrors.ts';
import { modelOf } from './servedModel.ts';
import type { MessageEntry } from './sessionParser.ts';
import { leftBySubAgents } from './subAgents.ts';
import { termsOf } from './terms.ts';
import { toUsage } from './usage.ts';

/** The receipt, why it is refused, or `null` where nothing was billed. */
export function toReceipt(memory: Memory, source: MessageEntry): Receipt | RefusalReason | null {
  const { entry, message, isCopied } = source;
  const isSum = isDelegated(message) || isSumOfSeveral(entry, message);
  const logged = fieldOf(message, 'usage') ?? fieldOf(entry, 'usage');
  if (logged === null) return null;
  const record = recordOf(message, 'usage') ?? recordOf(entry, 'usage');
  if (record === null) return 'malformed';
  const usage = toUsage(record);
  if (typeof usage === 'string') return usage;
  const { tokens, webSearches, contextTokens } = usage;
  if (isNothing(tokens)) return null;
  const left = leftBySubAgents(message, tokens);
  const atMs = timeOf(entry, 'timestamp') ?? epochMsOf(message, 'timestamp');
  if (atMs === null) return 'implausible';
  return {
    agent: memory.agent,
    id: receiptIdOf(identityOf(source, record)),
    sessionKey: isCopied ? (memory.parentKey ?? memory.sessionKey) : memory.sessionKey,
    claim: isDelegated(message) ? 'delegated' : isCopied ? 'copied' : 'own',
    atMs,
    // What nothing is left of still replaces what an older version of the reader had counted, and costs nothing.
    model: left !== null && isNothing(left) ? memory.model : modelOf(message),
    tokens: left ?? tokens,
    webSearches,
    terms: termsOf(memory.tiers, message),
    circumstances: {
      ...circumstancesOf(memory, source),
      ...(contextTokens !== undefined && { contextTokens }),
    },
    // What the agent says that the whole sum cost is not the cost of what is left.
    reportedCost: left === null ? costOf(record) : null,
    quality: hasUnknown(tokens) ? 'partial' : isSum ? 'derived' : 'exact',
  };
}

function circumstancesOf(
  memory: Memory,
  { entry, message, isCopied }: MessageEntry,
): Receipt['circumstances'] {
  const stopReason = nameOf(message, 'stopReason');
  const provider = nameOf(message, 'provider');
  const durationMs = new Counts(message).count('durationMs') ?? new Counts(entry).count('durationMs');
  return {
    ...(stopReason !== '' && { stopReason }),
    ...(provider !== '' && { provider }),
    ...(memory.effort !== '' && { effort: memory.effort }),
    ...(durationMs !== null && { durationMs }),
    ...(!isCopied && memory.turn > 0 && { turn: memory.turn }),
  };
}

/**
 * OpenClaw logs what it had Claude Code or Codex do as one reply a turn, with the sum of what that took; of a thread in its
 * own server of Codex, with what the last call took.
 */
function isDelegated(message: LogRecord): boolean {
  return nameOf(message, 'api') === 'cli' || mirroredThread(message) !== null;
}

/** An answer that was given up before anything came back, or that the program made up itself. */
function isNothing(tokens: TokenCounts): boolean {
  return tokenClasses.every((name) => tokens[name] === 0);
}

/** Ids of local servers are of few digits, and come again and again. */
const fewestCharacters = 16;

/**
 * What a response is known by. Forks keep the times and the provider's id. The entry's own id is no part of it: files of
 * the first version had none, and get them when they are opened.
 */
function identityOf({ entry, message }: MessageEntry, usage: LogRecord): string {
  const saidMs = idOf(message, 'timestamp');
  const response = idOf(message, 'responseId') ?? '';
  if (response.length >= fewestCharacters) return `${response}/${saidMs ?? ''}`;
  const counts = ['input', 'output', 'cacheRead', 'cacheWrite'].map((name) => idOf(usage, name) ?? '0');
  return [idOf(entry, 'timestamp') ?? '', saidMs ?? '', response, ...counts].join('/');
}

/** By the agent's own price table. */
function costOf(usage: LogRecord): Receipt['reportedCost'] {
  const cost = recordOf(usage, 'cost');
  return cost === null ? null : dollarsOf(cost, 'total');
}
