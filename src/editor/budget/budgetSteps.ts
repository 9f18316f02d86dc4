/** What the questions about a budget have in common. */

import { l10n, type QuickPickItem } from 'vscode';
import type { Step } from '../quickSteps.ts';
import type { BudgetDraft } from './budgetDraft.ts';

export type BudgetStep = Step<BudgetDraft>;

export interface Choice<Value> extends QuickPickItem {
  readonly value: Value;
}

export function stepTitle(question: string): string {
  return l10n.t('Add Budget: {0}', question);
}
