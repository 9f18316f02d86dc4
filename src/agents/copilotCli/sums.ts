/**
 * Older versions log of a response its output alone, and when a session ends the sums of each model. These count from
 * the session's beginning, over all its runs, and begin anew after a compaction; still older ones count each run by
 * itself.
 */

import type { Receipt } from '../../domain/receipt.ts';
import type { RefusalReason } from '../../domain/refusal.ts';
import { isTokenSum } from '../../domain/tokens.ts';
import { Counts, fieldOf, isRecord, type LogRecord, recordOf } from '../fields.ts';
import { toDisjoint } from '../inclusiveCounts.ts';
import { keepSum, type Memory, type ModelSum, type Prompt } from './memory.ts';
import { toReceipt } from './response.ts';
import { eventNames } from './usage.ts';

/**
 * Receipts in which the first response of each model bears the prompts of all of them: that of a single response is
 * not known. Where another log tells of that response by itself, that stands.
 */
export function receiptsOfSums(
  memory: Memory,
  shutdown: LogRecord,
  atMs: number,
): readonly (Receipt | RefusalReason)[] {
  const metrics = recordOf(shutdown, 'modelMetrics') ?? {};
  return Object.keys(metrics).flatMap((model): readonly (Receipt | RefusalReason)[] => {
    const metric = fieldOf(metrics, model);
    const usage = isRecord(metric) ? recordOf(metric, 'usage') : null;
    return usage === null ? [] : [receiptOfSum(memory, model, usage, atMs)];
  });
}

function receiptOfSum(
  memory: Memory,
  model: string,
  usage: LogRecord,
  atMs: number,
): Receipt | RefusalReason {
  const counts = new Counts(usage, (value) => Number.isSafeInteger(value) && value >= 0);
  const now: Prompt = [
    counts.count(eventNames.input) ?? 0,
    counts.count(eventNames.read) ?? 0,
    counts.count(eventNames.write) ?? 0,
  ];
  const output = counts.count(eventNames.output);
  if (counts.problem !== null) return counts.problem;
  const known = memory.sums.find((sum) => sum.model === model) ?? firstSum(memory, model, { output, atMs });
  const hasBegunAnew = now[0] < known.last[0];
  const before = hasBegunAnew ? add(known.before, known.last) : known.before;
  keepSum(memory, { ...known, before, last: now });
  const [input, cacheRead, cacheWrite] = add(before, now);
  const tokens = toDisjoint({ input, cacheRead, cacheWrite, output: known.first.output, reasoning: null });
  if (!Object.values(tokens).every((count) => count === null || isTokenSum(count))) return 'implausible';
  const { id, sessionKey, atMs: firstMs } = known.first;
  return toReceipt({
    id,
    sessionKey,
    atMs: firstMs,
    claim: 'own',
    model,
    tokens,
    circumstances: {},
    reportedCost: null,
    quality: 'sessionTotal',
  });
}

/** For a model of which no response was told. */
function firstSum(memory: Memory, model: string, first: { output: number | null; atMs: number }): ModelSum {
  const id = { response: `${memory.sessionId}/${model}/sum`, request: '' };
  return { model, first: { ...first, id, sessionKey: memory.sessionId }, before: [0, 0, 0], last: [0, 0, 0] };
}

function add(a: Prompt, b: Prompt): Prompt {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}
