/** The receipts on an `assistant` line. */

import { type Pico, parseDollars } from '../../domain/money.ts';
import type { Claim, Receipt } from '../../domain/receipt.ts';
import type { RefusalReason } from '../../domain/refusal.ts';
import { fieldOf, type LogRecord, nameOf, recordOf } from '../fields.ts';
import { circumstancesOf } from './circumstances.ts';
import { isBilled, otherIterations } from './iterations.ts';
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
  const others = otherModels(receipt, usage);
  return typeof others === 'string' ? others : [receipt, ...others];
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

/** What other models were billed for inside the same response, or why the whole response is refused. */
function otherModels(receipt: Receipt, usage: LogRecord): readonly Receipt[] | RefusalReason {
  const others: Receipt[] = [];
  for (const other of otherIterations(usage, receipt.model)) {
    const own = toUsage(other.iteration);
    if (typeof own === 'string') return own;
    if (!isBilled(other, own.tokens)) continue;
    others.push({
      ...receipt,
      ...own,
      terms: { ...receipt.terms, ...own.terms },
      id: { ...receipt.id, response: `${receipt.id.response}/${other.name}` },
      model: nameOf(other.iteration, 'model') || receipt.model,
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
