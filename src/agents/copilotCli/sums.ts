/**
 * When a session ends, versions that keep no record of requests log the sums of each model, with those of sub-agents. They
 * count from the session's beginning, over all its runs, and leave out the calls that compact its conversation, after
 * which they may begin anew; old ones count each run by itself.
 */

import { isDeepStrictEqual } from 'node:util';
import type { Dropped, Receipt, ReceiptId } from '../../domain/receipt.ts';
import type { RefusalReason } from '../../domain/refusal.ts';
import { isTokenSum, type TokenCounts } from '../../domain/tokens.ts';
import { Counts, fieldOf, isRecord, type LogRecord, recordOf } from '../fields.ts';
import { toDisjoint } from '../inclusiveCounts.ts';
import { keepSum, type Memory, type ModelSum, type Used } from './memory.ts';
import { toReceipt } from './response.ts';
import { eventNames } from './usage.ts';

/**
 * A receipt for each model, of all that it did in the session until now. Messages and the database tell of single
 * responses in part or whole, or not at all, so the sum counts what these leave of it.
 */
export function receiptsOfSums(
  memory: Memory,
  shutdown: LogRecord,
  atMs: number,
): readonly (Receipt | RefusalReason)[] {
  const usages = usagesIn(shutdown);
  for (const [model] of usages) keepSum(memory, sumOf(memory, model));
  nameUnnamed(memory);
  const outcomes = usages.flatMap(([model, usage]) => receiptOfSum(memory, model, usage, atMs));
  memory.compactions = [];
  return outcomes;
}

/** What messages that name no model have told is of the one model that the session has sums of. */
function nameUnnamed(memory: Memory): void {
  const named = memory.sums.find(({ model }) => model !== '');
  if (named === undefined || !isOfUnnamed(memory.sums)) return;
  const unnamed = sumOf(memory, '');
  const ofRun = named.ofRun + unnamed.ofRun;
  keepSum(memory, { ...named, firstMs: named.firstMs ?? unnamed.firstMs, ofRun });
  keepSum(memory, { ...unnamed, ofRun: 0 });
}

function usagesIn(shutdown: LogRecord): readonly (readonly [model: string, usage: LogRecord])[] {
  const metrics = recordOf(shutdown, 'modelMetrics') ?? {};
  return Object.keys(metrics).flatMap((model) => {
    const metric = fieldOf(metrics, model);
    const usage = isRecord(metric) ? recordOf(metric, 'usage') : null;
    return usage === null ? [] : [[model, usage] as const];
  });
}

/** Takes note of sums that a fork has copied: those of its own go on from them. */
export function passSums(memory: Memory, shutdown: LogRecord): void {
  for (const [model, usage] of usagesIn(shutdown)) {
    const last = usedIn(usage);
    if (typeof last !== 'string') keepSum(memory, { ...sumOf(memory, model), before: minus(last), last });
  }
}

function receiptOfSum(
  memory: Memory,
  model: string,
  usage: LogRecord,
  atMs: number,
): readonly (Receipt | RefusalReason)[] {
  const last = usedIn(usage);
  if (typeof last === 'string') return [last];
  const known = sumOf(memory, model);
  const sum = withNext(known, last, memory.compactions);
  keepSum(memory, sum);
  const tokens = tokensOf(sum);
  if (!Object.values(tokens).every((count) => count === null || isTokenSum(count))) return ['implausible'];
  return isDeepStrictEqual(tokens, tokensOf(known)) ? [] : [toSumReceipt(memory, sum, tokens, atMs)];
}

function usedIn(usage: LogRecord): Used | RefusalReason {
  const counts = new Counts(usage, (value) => Number.isSafeInteger(value) && value >= 0);
  const { input, read, write, output } = eventNames;
  const used = [input, read, write, output].map((name) => counts.count(name) ?? 0);
  return counts.problem ?? (used as unknown as Used);
}

/** Takes note of a response that a sum will hold. */
export function noteResponse(memory: Memory, model: string, atMs: number, output: number | null): void {
  const sum = sumOf(memory, model);
  const ofRun = sum.ofRun + (output ?? 0);
  keepSum(memory, { ...sum, firstMs: sum.firstMs ?? atMs, ofRun });
}

export function beginRun(memory: Memory): void {
  memory.sums = memory.sums.map((sum) => ({ ...sum, ofRun: 0 }));
}

function sumOf({ sums }: Memory, model: string): ModelSum {
  const known = sums.find((sum) => sum.model === model);
  return known ?? { model, firstMs: null, before: nothingUsed, last: nothingUsed, kept: [], ofRun: 0 };
}

const nothingUsed: Used = [0, 0, 0, 0];

/** @param compactions told since the last sums, which leave out the calls that compact */
function withNext(sum: ModelSum, last: Used, compactions: readonly ReceiptId[]): ModelSum {
  const hasBegunAnew = last.some((count, index) => count < (sum.last[index] ?? 0));
  // Sums may be told more than once in a run.
  const next = { ...sum, last, ofRun: 0, kept: [...sum.kept, ...compactions] };
  const goesOn = !hasBegunAnew && !isOfRunAlone(sum, last);
  return goesOn ? next : { ...next, before: add(sum.before, sum.last) };
}

/** Certain where the messages of the run tell all the output that the sum has, and runs before it had some, too. */
function isOfRunAlone({ last: [, , , before], ofRun }: ModelSum, [, , , output]: Used): boolean {
  return before > 0 && ofRun > 0 && output === ofRun;
}

function tokensOf({ before, last }: ModelSum): TokenCounts {
  const [input, cacheRead, cacheWrite, output] = add(before, last);
  return toDisjoint({ input, cacheRead, cacheWrite, output, reasoning: null });
}

/**
 * It grows under one id, and bears the time of the first response that is known of the model, or that of the session: not
 * that of sums which come when it is gone on with days later.
 */
function toSumReceipt(
  { sessionId, startedMs, sums }: Memory,
  { model, firstMs, kept }: ModelSum,
  tokens: TokenCounts,
  untilMs: number,
): Receipt {
  const isOfModel = !isOfUnnamed(sums);
  const dropped: Dropped = {
    afterMs: 0,
    untilMs,
    kept,
    ...(isOfModel && { isOfModel }),
    withSubAgents: true,
  };
  return toReceipt({
    id: { response: `${sessionId}/${model}/sum`, request: '' },
    sessionKey: sessionId,
    atMs: firstMs ?? startedMs ?? untilMs,
    claim: 'own',
    model,
    tokens,
    circumstances: {},
    reportedCost: null,
    quality: 'sessionTotal',
    dropped,
  });
}

/** Messages of the session's one model did not name it. */
function isOfUnnamed(sums: readonly ModelSum[]): boolean {
  return sums.length === 2 && sums.some(({ model }) => model === '');
}

function add(a: Used, b: Used): Used {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]];
}

function minus([input, read, write, output]: Used): Used {
  return [-input, -read, -write, -output];
}
