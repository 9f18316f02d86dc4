/** The receipts of a request of a chat: exact by model where VS Code was told so, else what is known of the turn. */

import { type Pico, parseDollars, pico } from '../../domain/money.ts';
import type { Circumstances, Receipt, ReceiptId } from '../../domain/receipt.ts';
import type { RefusalReason } from '../../domain/refusal.ts';
import { noTokens, type TokenCounts } from '../../domain/tokens.ts';
import {
  Counts,
  durationOf,
  fieldOf,
  idOf,
  isTrue,
  type LogRecord,
  millisecondsOf,
  nameOf,
  recordOf,
  recordsOf,
} from '../fields.ts';
import { toReceipt } from '../ownReceipt.ts';

const noRecord: LogRecord = {};

/** `ResponseModelState` of VS Code: 0 is pending, 4 waits for its user. */
const finalStates: readonly unknown[] = [1, 2, 3];
const canceledState = 2;

/** Whether the turn is over. Before there were states, the result came last. */
export function isDone(request: LogRecord): boolean {
  const isFinal = finalStates.includes(fieldOf(recordOf(request, 'modelState') ?? noRecord, 'value'));
  return isFinal || recordOf(request, 'result') !== null || isTrue(request, 'isCanceled');
}

/** When the request was last heard of, in milliseconds since 1970 UTC. */
export function endOf(request: LogRecord): number | null {
  const completedMs = millisecondsOf(recordOf(request, 'modelState') ?? noRecord, 'completedAt');
  const startedMs = millisecondsOf(request, 'timestamp');
  if (completedMs !== null || startedMs === null) return completedMs;
  return isDone(request) ? startedMs + (durationOfTurn(request) ?? 0) : startedMs;
}

/** The first receipt of a request, or the only one. */
export function receiptIdOf(sessionKey: string, request: LogRecord): ReceiptId | null {
  const id = idOf(request, 'requestId');
  return id === null ? null : { response: `${sessionKey}/${id}`, request: '' };
}

/**
 * The receipts of a turn that is over, none where no model has answered, or why they are refused. Before it is over its
 * counts are still growing, and which of them will be told is not known.
 *
 * @param turn its number in the chat, from 1
 */
export function receiptsOf(
  request: LogRecord,
  sessionKey: string,
  turn: number,
): readonly Receipt[] | RefusalReason {
  if (!isDone(request)) return [];
  const figures = figuresOf(request);
  if (typeof figures === 'string') return figures;
  if (figures.length === 0) return [];
  const id = receiptIdOf(sessionKey, request);
  const atMs = endOf(request);
  if (id === null) return 'malformed';
  if (atMs === null) return 'implausible';
  const around = circumstancesOf(request, turn);
  return figures.map(({ model, tokens, contextTokens = 0 }, index) =>
    toReceipt({
      agent: 'copilot-chat',
      response: index === 0 ? id.response : `${id.response}/${model}`,
      sessionKey,
      atMs,
      model,
      tokens,
      circumstances: index === 0 && contextTokens > 0 ? { ...around, contextTokens } : around,
      reportedCost: index === 0 ? creditsOf(request, atMs) : null,
      quality: 'exact',
    }),
  );
}

interface Figure {
  readonly model: string;
  readonly tokens: TokenCounts;
  readonly contextTokens?: number;
}

function figuresOf(request: LogRecord): readonly Figure[] | RefusalReason {
  const totals = recordsOf(request, 'modelTotals');
  if (totals.length === 0) return turnFigures(request);
  const figures = totals.map(modelFigure);
  const problem = figures.find((figure) => typeof figure === 'string');
  return problem ?? figures.filter((figure) => typeof figure !== 'string').sort(byOutput);
}

/** The model that answered most keeps the id of the request. */
function byOutput(a: Figure, b: Figure): number {
  return (b.tokens.output ?? 0) - (a.tokens.output ?? 0) || (a.model < b.model ? -1 : 1);
}

/** The whole turn of one model, sub-agents included. Its input holds what was read from the cache. */
function modelFigure(total: LogRecord): Figure | RefusalReason {
  const counts = new Counts(total);
  const input = counts.count('inputTokens');
  const cacheRead = counts.count('cachedTokens');
  const output = counts.count('outputTokens');
  if (counts.problem !== null) return counts.problem;
  const uncached = input === null || cacheRead === null ? null : input - cacheRead;
  const uncachedInput = uncached === null || uncached < 0 ? null : uncached;
  return { model: nameOf(total, 'model'), tokens: { ...noTokens, uncachedInput, cacheRead, output } };
}

const unknownTokens: TokenCounts = {
  uncachedInput: null,
  cacheRead: null,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  cacheWriteUnknown: null,
  output: null,
  reasoning: null,
};

/**
 * The output is summed over the turn; the prompt is that of the last call alone, and not told apart by what was cached:
 * it shows the size of the context and no spending. VS Code restores what it does not know as 0.
 */
function turnFigures(request: LogRecord): readonly Figure[] | RefusalReason {
  const counts = new Counts(request);
  const summed = counts.count('completionTokens') || null;
  const prompt = counts.count('promptTokens') || null;
  const metadata = recordOf(recordOf(request, 'result') ?? noRecord, 'metadata') ?? noRecord;
  const ofCall = new Counts(metadata);
  const lastOutput = ofCall.count('outputTokens') || null;
  const lastPrompt = ofCall.count('promptTokens') || null;
  const problem = counts.problem ?? ofCall.problem;
  if (problem !== null) return problem;
  const isOneCall = recordsOf(metadata, 'toolCallRounds').length <= 1;
  const output = summed ?? (isOneCall ? lastOutput : null);
  const contextTokens = prompt ?? lastPrompt ?? 0;
  if (output === null && contextTokens === 0 && !hasAnswer(request)) return [];
  const model = nameOf(metadata, 'resolvedModel') || nameOf(request, 'modelId');
  return [{ model, tokens: { ...unknownTokens, output }, contextTokens }];
}

/** A failed turn may have ended before any model was asked. */
function hasAnswer(request: LogRecord): boolean {
  const hasFailed = errorOf(request) !== null;
  const items = recordsOf(request, 'response');
  return hasFailed ? items.some((item) => idOf(item, 'toolCallId') !== null) : items.length > 0;
}

function errorOf(request: LogRecord): LogRecord | null {
  return recordOf(recordOf(request, 'result') ?? noRecord, 'errorDetails');
}

function durationOfTurn(request: LogRecord): number | null {
  const timings = recordOf(recordOf(request, 'result') ?? noRecord, 'timings') ?? noRecord;
  return durationOf(request, 'elapsedMs') ?? durationOf(timings, 'totalElapsed');
}

function circumstancesOf(request: LogRecord, turn: number): Circumstances {
  const durationMs = durationOfTurn(request);
  const stopReason = stopReasonOf(request);
  const provider = nameOf(request, 'modelId').split('/')[0] ?? '';
  return {
    turn,
    ...(durationMs !== null && { durationMs }),
    ...(stopReason !== null && { stopReason }),
    ...(provider !== '' && { provider }),
  };
}

function stopReasonOf(request: LogRecord): string | null {
  const error = errorOf(request);
  if (error !== null) return nameOf(error, 'code') || 'error';
  const state = fieldOf(recordOf(request, 'modelState') ?? noRecord, 'value');
  return isTrue(request, 'isCanceled') || state === canceledState ? 'canceled' : null;
}

/** Credits have been money since then, a cent each; before, they counted requests. */
const creditsSinceMs = Date.UTC(2026, 5);
const mostCredits = 1_000_000;

function creditsOf(request: LogRecord, atMs: number): Pico | null {
  const credits = fieldOf(request, 'copilotCredits');
  const isPaid = typeof credits === 'number' && credits > 0 && credits < mostCredits;
  return isPaid && atMs >= creditsSinceMs ? pico(parseDollars(credits.toFixed(10)) / 100n) : null;
}
