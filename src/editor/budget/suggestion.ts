/** A limit that fits what was spent so far, and the reason for it. */

import type { Amount } from '../../domain/budget.ts';
import type { Format } from '../format.ts';
import type { BudgetCommandParts } from './budgetCommands.ts';
import type { BudgetShape } from './budgetEntry.ts';

export interface LimitSuggestion {
  readonly limit: Amount;
}

/** `null` where too little was spent to say. */
export async function loadSuggestion(
  _parts: BudgetCommandParts,
  _shape: BudgetShape,
): Promise<LimitSuggestion | null> {
  return null;
}

export function suggestionReason(_suggestion: LimitSuggestion, _shape: BudgetShape, _format: Format): string {
  return '';
}
