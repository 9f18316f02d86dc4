/** Sums of receipts in words, with what is missing from them said. */

import { l10n } from 'vscode';
import type { BudgetStanding } from '../../domain/budget.ts';
import type { TokenClass } from '../../domain/tokens.ts';
import { allTokens, type Totals } from '../../domain/totals.ts';
import type { Format } from '../format.ts';

/** `≥` before a sum that is a lower bound. */
export function tokensText(totals: Totals, format: Format): string {
  const tokens = format.tokens(allTokens(totals));
  return totals.partialReceipts > 0 ? `≥${tokens}` : tokens;
}

export function costText(totals: Totals, format: Format): string {
  if (isUnpriced(totals)) return l10n.t('unpriced');
  const cost = format.dollars(totals.cost);
  return isLowerBound(totals) ? `≥${cost}` : cost;
}

export function spokenTokens(totals: Totals, format: Format): string {
  const tokens = format.count(allTokens(totals));
  return totals.partialReceipts > 0 ? l10n.t('tokens: at least {0}', tokens) : l10n.t('tokens: {0}', tokens);
}

export function spokenCost(totals: Totals, format: Format): string {
  if (isUnpriced(totals)) return l10n.t('cost: no price known');
  const cost = format.dollars(totals.cost);
  return isLowerBound(totals) ? l10n.t('cost: at least {0}', cost) : l10n.t('cost: {0}', cost);
}

/** What counts against a budget. */
export function spentText({ spent, hasUnpriced }: BudgetStanding, format: Format): string {
  return hasUnpriced ? `≥${format.dollars(spent)}` : format.dollars(spent);
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
  if (totals.unpricedTokens > 0) {
    const tokens = format.tokens(totals.unpricedTokens);
    sentences.push(l10n.t('Tokens without a known price, not part of the cost: {0}.', tokens));
  }
  return sentences;
}

function isUnpriced({ receipts, unpricedReceipts }: Totals): boolean {
  return receipts > 0 && unpricedReceipts === receipts;
}

function isLowerBound({ partialReceipts, unpricedReceipts }: Totals): boolean {
  return partialReceipts > 0 || unpricedReceipts > 0;
}
