/** Budgets that the past suggests to somebody who has set none. One that was turned down is not suggested again. */

import type { Memento } from 'vscode';
import type { Suggestion } from '../../budgets/suggestion.ts';
import type { LedgerClient } from '../sessions/ledgerClient.ts';
import { type BudgetShape, perOf } from './budgetEntry.ts';
import { loadSuggestion } from './suggestion.ts';

export interface SuggestedBudget {
  readonly shape: BudgetShape;
  readonly suggestion: Suggestion;
}

const shapes: readonly BudgetShape[] = [
  { span: { kind: 'calendar', unit: 'day' }, unit: 'list', scope: {} },
  { span: { kind: 'session' }, unit: 'list', scope: {} },
];

const storageKey = 'tokenBurn.suggestionsTurnedDown';

/** Those for which the past is long enough. */
export async function loadSuggested(
  ledger: LedgerClient,
  storage: Memento,
): Promise<readonly SuggestedBudget[]> {
  const turnedDown = storage.get<readonly string[]>(storageKey, []);
  const wanted = shapes.filter(({ span }) => !turnedDown.includes(perOf(span)));
  const found = await Promise.all(
    wanted.map(async (shape) => ({ shape, suggestion: await loadSuggestion({ ledger }, shape) })),
  );
  return found.flatMap(({ shape, suggestion }) => (suggestion === null ? [] : [{ shape, suggestion }]));
}

/** For good, in all windows of this user. */
export async function turnDown(storage: Memento, { span }: BudgetShape): Promise<void> {
  const turnedDown = storage.get<readonly string[]>(storageKey, []);
  await storage.update(storageKey, [...new Set([...turnedDown, perOf(span)])]);
}
