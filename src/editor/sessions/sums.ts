/** Sums of receipts in words, with what is missing from them said. */

import { l10n } from 'vscode';
import type { TokenClass } from '../../domain/tokens.ts';
import { allTokens, type Totals } from '../../domain/totals.ts';
import type { Format } from '../format.ts';

/** `≥` before a sum that is a lower bound, `~` before one that is only about right. */
export function tokensText(totals: Totals, format: Format): string {
  const tokens = format.tokens(allTokens(totals));
  if (totals.partialReceipts > 0) return `≥${tokens}`;
  return totals.roughReceipts > 0 ? `~${tokens}` : tokens;
}

export function costText(totals: Totals, format: Format): string {
  if (isUnpriced(totals)) return l10n.t('unpriced');
  const cost = format.dollars(totals.cost);
  if (isLowerBound(totals)) return `≥${cost}`;
  return totals.roughReceipts > 0 ? `~${cost}` : cost;
}

export function spokenTokens(totals: Totals, format: Format): string {
  const tokens = format.count(allTokens(totals));
  if (totals.partialReceipts > 0) return l10n.t('tokens: at least {0}', tokens);
  return totals.roughReceipts > 0 ? l10n.t('tokens: about {0}', tokens) : l10n.t('tokens: {0}', tokens);
}

export function spokenCost(totals: Totals, format: Format): string {
  if (isUnpriced(totals)) return l10n.t('cost: no price known');
  const cost = format.dollars(totals.cost);
  if (isLowerBound(totals)) return l10n.t('cost: at least {0}', cost);
  return totals.roughReceipts > 0 ? l10n.t('cost: about {0}', cost) : l10n.t('cost: {0}', cost);
}

export function className(name: TokenClass | 'reasoning'): string {
  switch (name) {
    case 'uncachedInput':
      return l10n.t('Uncached input');
    case 'cacheRead':
      return l10n.t('Cache read');
    case 'cacheWrite5m':
      return l10n.t('Cache write, 5 min');
    case 'cacheWrite1h':
      return l10n.t('Cache write, 1 h');
    case 'cacheWriteUnknown':
      return l10n.t('Cache write, unknown life');
    case 'output':
      return l10n.t('Output');
    case 'reasoning':
      return l10n.t('Reasoning, part of output');
  }
}

/** Sentences about what the sums do not hold; none where they are whole. */
export function doubts(totals: Totals, format: Format): string[] {
  const sentences: string[] = [];
  if (totals.partialReceipts > 0) {
    const partial = format.count(totals.partialReceipts);
    sentences.push(
      l10n.t(
        'Responses whose log does not tell all tokens: {0} of {1}.',
        partial,
        format.count(totals.receipts),
      ),
    );
  }
  if (totals.roughReceipts > 0) {
    const rough = format.count(totals.roughReceipts);
    sentences.push(
      l10n.t(
        'Responses that the agent only counted roughly: {0} of {1}.',
        rough,
        format.count(totals.receipts),
      ),
    );
  }
  if (totals.wholeSessionReceipts > 0) {
    sentences.push(l10n.t('The log tells only what the whole session came to, on the day it was last used.'));
  }
  if (totals.unpricedTokens > 0) {
    const tokens = format.tokens(totals.unpricedTokens);
    sentences.push(l10n.t('Tokens without a known price, not part of the cost: {0}.', tokens));
  }
  return sentences;
}

/** What the agent itself says that it cost, and what we say of the same responses; `null` where it says nothing. */
export function reportedText({ reported, unpricedReceipts }: Totals, format: Format): string | null {
  if (reported.receipts === 0) return null;
  const cost = format.dollars(reported.cost);
  const ours = format.dollars(reported.ours);
  const isComparable = unpricedReceipts === 0 && ours !== cost;
  return isComparable ? l10n.t('{0}, by list prices {1}', cost, ours) : cost;
}

function isUnpriced({ receipts, unpricedReceipts }: Totals): boolean {
  return receipts > 0 && unpricedReceipts === receipts;
}

function isLowerBound({ partialReceipts, unpricedReceipts }: Totals): boolean {
  return partialReceipts > 0 || unpricedReceipts > 0;
}
