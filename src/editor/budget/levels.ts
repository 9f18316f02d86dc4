/** How the levels of budgets are called and drawn. */

import { l10n } from 'vscode';
import { type BudgetLevel, budgetLevels } from '../../domain/budget.ts';
import type { RowLook } from '../rows/rowLook.ts';

export function levelName(level: BudgetLevel): string {
  switch (level) {
    case 'within':
      return l10n.t('within budget');
    case 'near':
      return l10n.t('near budget');
    case 'wrapUp':
      return l10n.t('almost spent');
    case 'over':
      return l10n.t('over budget');
  }
}

/** Shapes tell the levels apart where a theme has no colours. */
export function levelIcon(level: BudgetLevel): NonNullable<RowLook['icon']> {
  switch (level) {
    case 'within':
      return { id: 'pass', color: 'charts.green' };
    case 'near':
      return { id: 'warning', color: 'list.warningForeground' };
    case 'wrapUp':
      return { id: 'report', color: 'list.warningForeground' };
    case 'over':
      return { id: 'flame', color: 'list.errorForeground' };
  }
}

/** Of none it is `within`. */
export function worstLevel(standings: readonly { readonly level: BudgetLevel }[]): BudgetLevel {
  return budgetLevels.findLast((level) => standings.some((one) => one.level === level)) ?? 'within';
}
