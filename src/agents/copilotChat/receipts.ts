/** The receipts of a request of a chat: exact by model where VS Code was told so, else what is known of the turn. */

import { type Pico, parseDollars, pico } from '../../domain/money.ts';
import type { Circumstances, Receipt, ReceiptId } from '../../domain/receipt.ts';
import type { RefusalReason } from '../../domain/refusal.ts';
import { durationOf, epochMsOf, fieldOf, idOf, isTrue, type LogRecord, nameOf, recordOf } from '../fields.ts';
import { toReceipt } from '../ownReceipt.ts';
import { errorOf, type Figure, figuresOf } from './figures.ts';

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
  const completedMs = epochMsOf(recordOf(request, 'modelState') ?? noRecord, 'completedAt');
  const startedMs = epochMsOf(request, 'timestamp');
  if (completedMs !== null || startedMs === null) return completedMs;
  return isDone(request) ? startedMs + (durationOfTurn(request) ?? 0) : startedMs;
}

/** A chat with more requests is no work of people. */
export const mostRequests = 10_000;

/**
 * Whether a request was copied from the chat that this one is a fork of. Copies are stamped a millisecond apart from when
 * the fork was made, and are over as they begin, see `chatForkActions.ts` of VS Code; requests before one may have been
 * removed since. Their ids are new and nothing says what each is a copy of, so none is told: its original is.
 *
 * @param createdMs when the chat was made; `null` where it does not tell
 */
export function isCopied(request: LogRecord, index: number, createdMs: number | null): boolean {
  const atMs = epochMsOf(request, 'timestamp');
  if (atMs === null || createdMs === null) return false;
  const isOfFork = createdMs + index <= atMs && atMs < createdMs + mostRequests;
  return isOfFork && epochMsOf(recordOf(request, 'modelState') ?? noRecord, 'completedAt') === atMs;
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
  const startedMs = epochMsOf(request, 'timestamp') ?? atMs;
  const around = { ...circumstancesOf(request, turn), turnStartedMs: startedMs };
  const claim = isOfCopilotCli(request) ? 'delegated' : 'own';
  return figures.map(({ model, tokens, contextTokens = 0 }, index) => ({
    ...toReceipt({
      agent: 'copilot-chat',
      response: index === 0 ? id.response : `${id.response}/${model}${ordinal(figures, index)}`,
      sessionKey,
      atMs,
      model,
      tokens,
      circumstances: index === 0 && contextTokens > 0 ? { ...around, contextTokens } : around,
      reportedCost: index === 0 ? creditsOf(request, atMs) : null,
      quality: 'exact',
    }),
    claim,
  }));
}

const copilotCli = 'copilotcli';

/** Whether Copilot CLI did the turn, which keeps a log of it under the id of the chat. */
function isOfCopilotCli(request: LogRecord): boolean {
  const agent = nameOf(recordOf(request, 'agent') ?? noRecord, 'id');
  return agent === copilotCli || nameOf(request, 'modelId').startsWith(`${copilotCli}/`);
}

/** Two models may go by one name. */
function ordinal(figures: readonly Figure[], index: number): string {
  const model = figures[index]?.model;
  const before = figures.slice(0, index).filter((figure) => figure.model === model).length;
  return before === 0 ? '' : `/${before}`;
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
