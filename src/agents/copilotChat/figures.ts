/** What a turn of a chat tells of the tokens of models. */

import type { RefusalReason } from '../../domain/refusal.ts';
import { noTokens, type TokenCounts } from '../../domain/tokens.ts';
import { Counts, idOf, type LogRecord, nameOf, recordOf, recordsOf } from '../fields.ts';
import { unknownTokens } from '../ownReceipt.ts';

const noRecord: LogRecord = {};

export interface Figure {
  readonly model: string;
  readonly tokens: TokenCounts;
  readonly contextTokens?: number;
}

/** What each model used, the one that answered most first; none where no model has answered. */
export function figuresOf(request: LogRecord): readonly Figure[] | RefusalReason {
  const totals = recordsOf(request, 'modelTotals');
  if (totals.length === 0) return turnFigures(request);
  const figures = totals.map(modelFigure);
  const problem = figures.find((figure) => typeof figure === 'string');
  const sorted = figures.filter((figure) => typeof figure !== 'string').sort(byOutput);
  return problem ?? sorted.map((figure, index) => (index === 0 ? withLastPrompt(figure, request) : figure));
}

/** The last call was to the model that answered most, as far as its input allows. */
function withLastPrompt(figure: Figure, request: LogRecord): Figure {
  const { uncachedInput, cacheRead } = figure.tokens;
  const contextTokens = Math.min(lastPromptOf(request) ?? 0, (uncachedInput ?? 0) + (cacheRead ?? 0));
  return { ...figure, contextTokens };
}

function lastPromptOf(request: LogRecord): number | null {
  return (
    new Counts(request).count('promptTokens') || new Counts(metadataOf(request)).count('promptTokens') || null
  );
}

function metadataOf(request: LogRecord): LogRecord {
  return recordOf(recordOf(request, 'result') ?? noRecord, 'metadata') ?? noRecord;
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

/**
 * The output is summed over the turn; the prompt is that of the last call alone, and not told apart by what was cached:
 * it shows the size of the context and no spending. VS Code restores what it does not know as 0.
 */
function turnFigures(request: LogRecord): readonly Figure[] | RefusalReason {
  const counts = new Counts(request);
  const summed = counts.count('completionTokens') || null;
  const prompt = counts.count('promptTokens') || null;
  const metadata = metadataOf(request);
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

export function errorOf(request: LogRecord): LogRecord | null {
  return recordOf(recordOf(request, 'result') ?? noRecord, 'errorDetails');
}
