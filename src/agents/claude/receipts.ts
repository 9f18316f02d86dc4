/** The receipts on an `assistant` line. */

import { type Pico, parseDollars } from '../../domain/money.ts';
import type { Claim, Receipt } from '../../domain/receipt.ts';
import type { RefusalReason } from '../../domain/refusal.ts';
import { fieldOf, type LogRecord, nameOf, recordOf } from '../fields.ts';
import { circumstancesOf } from './circumstances.ts';
import { type Iteration, isBilled, iterationsOf, lastPrompt, partsOf, withWritesOf } from './iterations.ts';
import { responseIdOf } from './responseId.ts';
import { qualityOf, toUsage, type Usage } from './usage.ts';

/** Made up by the client for limits, interrupts and errors: nothing was billed. */
export const syntheticModel = '<synthetic>';

export interface AssistantLine {
  readonly line: LogRecord;
  readonly message: LogRecord;
  readonly text: string;
  readonly sessionKey: string;
  readonly claim: Claim;
  readonly atMs: number | null;
  /** The prompt that the session is at work on, from 1; `null` where none is known. */
  readonly turn: number | null;
}

/** The receipts of a line, none when it has no usage, or why it is refused. */
export function receiptsOf(source: AssistantLine): readonly Receipt[] | RefusalReason {
  const model = nameOf(source.message, 'model');
  const logged = fieldOf(source.message, 'usage');
  if (logged === null || model === syntheticModel) return [];
  const usage = recordOf(source.message, 'usage');
  if (usage === null) return 'malformed';
  if (source.atMs === null) return 'implausible';
  const main = toUsage(usage);
  if (typeof main === 'string') return main;
  const receipt = toReceipt({ ...source, atMs: source.atMs }, model, main);
  const iterations = iterationsOf(usage, model);
  const others = otherModels(receipt, iterations);
  return typeof others === 'string' ? others : [ofSeveral(receipt, iterations), ...others];
}

function toReceipt(source: AssistantLine & { readonly atMs: number }, model: string, usage: Usage): Receipt {
  const { sessionKey, claim, atMs, line } = source;
  return {
    agent: 'claude-code',
    id: responseIdOf({ ...source, model, tokens: usage.tokens }),
    sessionKey,
    claim,
    atMs,
    model,
    ...usage,
    reportedCost: toCost(fieldOf(line, 'costUSD')),
    circumstances: circumstancesOf(line, source.message, source.turn),
    quality: qualityOf(usage.tokens),
  };
}

/** The receipt with what is known of it as the sum of several requests. Its id knows nothing of them. */
function ofSeveral(receipt: Receipt, iterations: readonly Iteration[]): Receipt {
  const parts = partsOf(iterations);
  if (parts.length === 0) return receipt;
  const contextTokens = lastPrompt(parts, receipt.tokens);
  return {
    ...receipt,
    tokens: withWritesOf(parts, receipt.tokens),
    circumstances: { ...receipt.circumstances, ...(contextTokens !== null && { contextTokens }) },
  };
}

/** What other models were billed for inside the same response, or why the whole response is refused. */
function otherModels(receipt: Receipt, iterations: readonly Iteration[]): readonly Receipt[] | RefusalReason {
  const others: Receipt[] = [];
  for (const iteration of iterations.filter(({ role }) => role !== 'own')) {
    const own = toUsage(iteration.usage);
    if (typeof own === 'string') return own;
    if (!isBilled(iteration, own.tokens)) continue;
    others.push({
      ...receipt,
      ...own,
      terms: { ...receipt.terms, ...own.terms },
      id: { ...receipt.id, response: `${receipt.id.response}/${iteration.name}` },
      model: nameOf(iteration.usage, 'model') || receipt.model,
      reportedCost: null,
      quality: qualityOf(own.tokens),
    });
  }
  return others;
}

const mostDollars = 1_000_000;

/** Dollars as versions up to mid-2025 logged them. A figure that is none is no reason to refuse the tokens. */
function toCost(value: unknown): Pico | null {
  return typeof value === 'number' && value >= 0 && value < mostDollars
    ? parseDollars(value.toFixed(12))
    : null;
}
