/** A limit that fits what was spent so far, and the reason for it. */

import { l10n } from 'vscode';
import type { Suggestion } from '../../budgets/suggestion.ts';
import type { Format } from '../format.ts';
import { roundUp } from './amounts.ts';
import { amountText } from './amountWords.ts';
import type { BudgetCommandParts } from './budgetCommands.ts';
import type { BudgetShape } from './budgetEntry.ts';

/** `null` where the past is too short to say, or the ledger is away. */
export async function loadSuggestion(
  { ledger }: Pick<BudgetCommandParts, 'ledger'>,
  { span, unit, scope }: BudgetShape,
): Promise<Suggestion | null> {
  const suggestion = await ledger.suggestLimit({ span, unit, scope }).catch(() => null);
  return suggestion && { ...suggestion, limit: roundUp(suggestion.limit) };
}

export function suggestionReason(
  { limit, samples }: Suggestion,
  { span, unit }: BudgetShape,
  format: Format,
): string {
  const [count, most] = [format.count(samples), amountText(limit, unit, format)];
  if (span.kind === 'session') {
    return l10n.t('Nine of ten of your last {0} sessions came to no more than {1}.', count, most);
  }
  if (span.kind === 'rolling') {
    return l10n.t(
      'Nine of ten of your last {0} such times with any use came to no more than {1}.',
      count,
      most,
    );
  }
  switch (span.unit) {
    case 'day':
      return l10n.t('Nine of ten of your last {0} days with any use came to no more than {1}.', count, most);
    case 'week':
      return l10n.t('Nine of ten of your last {0} weeks with any use came to no more than {1}.', count, most);
    case 'month':
      return l10n.t(
        'Nine of ten of your last {0} months with any use came to no more than {1}.',
        count,
        most,
      );
  }
}
