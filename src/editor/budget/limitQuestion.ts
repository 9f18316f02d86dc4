/** Asking for the limit of a budget, with what was spent so far as a hint. */

import { l10n, window } from 'vscode';
import type { Budget, BudgetUnit } from '../../domain/budget.ts';
import { amountInput, parseAmount } from './amounts.ts';
import type { BudgetCommandParts } from './budgetCommands.ts';
import { budgetName } from './budgetWords.ts';
import { loadSuggestion, suggestionReason } from './suggestion.ts';

/** @returns the number as the settings hold it; `undefined` when the user gives up */
export async function askLimit(parts: BudgetCommandParts, budget: Budget): Promise<number | undefined> {
  const { unit, limit } = budget;
  const suggestion = await loadSuggestion(parts, budget);
  const reason = suggestion === null ? [] : [suggestionReason(suggestion, budget, parts.format)];
  const text = await window.showInputBox({
    title: l10n.t('Limit: {0}', budgetName(budget, parts.format)),
    prompt: [amountHint(unit), ...reason].join(' '),
    value: amountInput(limit, unit),
    validateInput: (input) => amountProblem(input, unit),
  });
  return text === undefined ? undefined : parseAmount(text, unit);
}

/** How an amount of the unit is written. */
export function amountHint(unit: BudgetUnit): string {
  switch (unit) {
    case 'tokens':
      return l10n.t('Tokens, such as 200000, 200k or 1.5M.');
    case 'credits':
      return l10n.t('Credits, such as 300.');
    case 'planShare':
      return l10n.t("Percent of the plan's window, such as 80.");
    default:
      return l10n.t('Dollars with a decimal point, such as 2.50.');
  }
}

/** What is wrong with an amount that somebody typed; `undefined` where nothing is. */
export function amountProblem(input: string, unit: BudgetUnit): string | undefined {
  if (parseAmount(input, unit) !== undefined) return undefined;
  switch (unit) {
    case 'tokens':
      return l10n.t('Write a number of tokens above zero, such as 200000, 200k or 1.5M.');
    case 'credits':
      return l10n.t('Write a number of credits above zero, such as 300.');
    case 'planShare':
      return l10n.t('Write a percentage above zero, such as 80.');
    default:
      return l10n.t('Write an amount above zero with a decimal point, such as 2.50.');
  }
}
