/** Receipts of a rollout: from records of responses where Codex wrote them, else from running totals. */

import type { BillingTerms, Circumstances, Receipt } from '../../domain/receipt.ts';
import type { RefusalReason } from '../../domain/refusal.ts';
import { hasUnknown } from '../../domain/tokens.ts';
import { fieldOf, idOf, type LogRecord, nameOf, recordOf } from '../fields.ts';
import { countStep, moveTo } from './counters.ts';
import { type Owner, ownerOf } from './lineage.ts';
import { keepLast, type Memory } from './memory.ts';
import { idTime } from './threadIds.ts';
import type { Turn } from './turn.ts';
import {
  isEqual,
  isNothing,
  subtract,
  toRunningTotal,
  toTokenCounts,
  toUsage,
  type Usage,
  usageMark,
} from './usage.ts';

/** A receipt, why it is refused, or `null` when there is nothing to count. */
export type Outcome = Receipt | RefusalReason | null;

/** Takes a `token_usage_record`: one response, under the provider's id. */
export function takeRecord(memory: Memory, record: LogRecord, atMs: number | null): Outcome {
  const usage = readUsage(record, 'usage', toUsage);
  if (usage === null) return 'malformed';
  if (typeof usage === 'string') return usage;
  if (memory.counted !== null && isEqual(usage, memory.counted)) {
    memory.counted = null;
    const twin = idOf(record, 'response_id');
    if (twin !== null) memory.twins = keepLast([...memory.twins, twin]);
    return null;
  }
  memory.recorded = keepLast([...memory.recorded, usage]);
  return recordedReceipt(memory, record, usage, atMs);
}

/**
 * Takes the copy of the last record that a compaction keeps. It is one more line of the same response, and the only
 * one where the record itself was lost.
 */
export function takeCopiedRecord(memory: Memory, record: LogRecord, atMs: number | null): Outcome {
  const id = idOf(record, 'response_id');
  if (id !== null && memory.twins.includes(id)) return null;
  const usage = readUsage(record, 'usage', toUsage);
  return usage === null || typeof usage === 'string' ? usage : recordedReceipt(memory, record, usage, atMs);
}

/** Takes a `token_count`: the running total and the last usage. */
export function takeCount(memory: Memory, event: LogRecord, atMs: number | null): Outcome {
  const info = recordOf(event, 'info');
  if (info === null) return fieldOf(event, 'info') === null ? null : 'malformed';
  const total = readUsage(info, 'total_token_usage', toRunningTotal);
  const last = readUsage(info, 'last_token_usage', toUsage);
  if (total === null) return 'malformed';
  if (typeof total === 'string') return total;
  if (typeof last === 'string') return last;
  return isTwin(memory, total, last) ? null : countedReceipt(memory, info, { total, last, atMs });
}

/** Whether the count repeats a record of this turn: then it adds nothing, and moves the running total. */
function isTwin(memory: Memory, total: Usage, last: Usage | null): boolean {
  const current = memory.counters.at(-1);
  if (last === null || (current !== undefined && isEqual(current, total))) return false;
  const growth = current === undefined ? last : subtract(total, current);
  const index = memory.recorded.findIndex((usage) => isEqual(usage, last) || isEqual(usage, growth));
  if (index < 0) return false;
  memory.recorded = memory.recorded.toSpliced(index, 1);
  memory.counters = moveTo(total, memory.counters);
  return true;
}

interface Count {
  readonly total: Usage;
  readonly last: Usage | null;
  readonly atMs: number | null;
}

function countedReceipt(memory: Memory, info: LogRecord, { total, last, atMs }: Count): Outcome {
  const isRepeat = memory.firstCountRepeats && memory.counters.length === 0;
  const step = countStep(memory.counters, total, last);
  memory.counters = step.counters;
  if (isRepeat || step.usage === null) return null;
  if (step.usage === 'unknown') return 'malformed';
  memory.counted = step.usage;
  memory.isTurnBeginning = false;
  const owner = ownerOf(memory.lineage, step.isContinuous);
  if (owner === null || (memory.hasLostRecords && owner.claim !== 'own')) return null;
  const response = `${owner.threadId}/${usageMark(total)}/${last === null ? '' : usageMark(last)}`;
  return toReceipt(memory, owner, {
    response,
    usage: step.usage,
    turn: memory.turn,
    model: nameOf(info, 'model') || memory.turn.model,
    atMs: owner.claim === 'copied' ? (memory.lineage.turnMs ?? atMs) : atMs,
    quality: 'derived',
  });
}

function recordedReceipt(memory: Memory, record: LogRecord, usage: Usage, atMs: number | null): Outcome {
  if (isNothing(usage)) return null;
  const own = memory.lineage.threadId;
  const threadId = idOf(record, 'thread_id') ?? own;
  const turnId = idOf(record, 'turn_id');
  const turn = turnOf(memory, turnId);
  memory.isTurnBeginning &&= turn.id !== memory.turn.id;
  const isOwn = threadId === own;
  const owner: Owner = { sessionKey: threadId, threadId, claim: isOwn ? 'own' : 'copied' };
  return toReceipt(memory, owner, {
    response:
      idOf(record, 'response_id') ?? `${threadId}/${turnId ?? ''}/${threadMark(record)}/${usageMark(usage)}`,
    usage,
    turn,
    model: turn.model,
    // Copies are stamped with the time of the copy.
    atMs: isOwn || turnId === null ? atMs : (idTime(turnId) ?? atMs),
    quality: 'exact',
  });
}

/** A turn that has not told of itself is taken to be set as the one before it, but for what was set since. */
function turnOf(memory: Memory, id: string | null): Turn {
  const named = memory.turns.findLast((turn) => turn.id === id);
  return named ?? (id === null ? memory.turn : { ...memory.turn, serviceTier: null });
}

interface Draft {
  readonly response: string;
  readonly usage: Usage;
  readonly turn: Turn;
  readonly model: string;
  readonly atMs: number | null;
  readonly quality: 'exact' | 'derived';
}

function toReceipt(memory: Memory, { sessionKey, claim }: Owner, draft: Draft): Receipt | RefusalReason {
  const tokens = toTokenCounts(draft.usage);
  if (tokens === null || draft.atMs === null) return 'implausible';
  return {
    agent: 'codex',
    id: { response: draft.response, request: '' },
    sessionKey,
    claim,
    atMs: draft.atMs,
    model: draft.model,
    tokens,
    webSearches: 0,
    terms: claim === 'copied' ? {} : toTerms(draft.turn.serviceTier ?? memory.serviceTier),
    circumstances: circumstancesOf(memory, draft.turn, claim === 'copied'),
    reportedCost: null,
    quality: hasUnknown(tokens) ? 'partial' : draft.quality,
  };
}

const defaultTiers = new Set(['', 'auto', 'default', 'standard']);

function toTerms(serviceTier: string): BillingTerms {
  return defaultTiers.has(serviceTier) ? {} : { serviceTier };
}

/** What was copied was served under the settings of its own thread, which are not known here. */
function circumstancesOf(memory: Memory, { effort, projectPath }: Turn, isCopied: boolean): Circumstances {
  const { provider, gitBranch, prompts } = memory;
  return {
    ...(effort !== '' && { effort }),
    ...(projectPath !== '' && { projectPath }),
    ...(!isCopied && provider !== '' && { provider }),
    ...(!isCopied && gitBranch !== '' && { gitBranch }),
    ...(prompts !== null && prompts > 0 && { turn: prompts }),
  };
}

function threadMark(record: LogRecord): string {
  const sum = readUsage(record, 'thread_token_usage', toRunningTotal);
  return sum === null || typeof sum === 'string' ? '' : usageMark(sum);
}

/** The usage below a name; `null` when it is missing or of another shape. */
function readUsage(
  record: LogRecord,
  name: string,
  read: (usage: LogRecord) => Usage | RefusalReason,
): Usage | RefusalReason | null {
  const usage = recordOf(record, name);
  return usage === null ? null : read(usage);
}
