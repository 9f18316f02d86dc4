/** What a row of the budgets view stands for, and what the settings are called that budgets come from. */

import { basename } from 'node:path';
import { l10n } from 'vscode';
import { withoutLinks } from '../plainText.ts';
import type { BudgetTarget } from './budgetCommands.ts';
import { budgetPlaces } from './budgetPlaces.ts';
import type { BudgetRow } from './budgetRows.ts';

/** Nothing for no row, and for one that is about no budget. */
export function targetOfRow(row: BudgetRow | undefined): BudgetTarget {
  switch (row?.kind) {
    case 'budget':
      return { budget: row.standing.budget };
    case 'each':
    case 'paused':
      return { budget: row.budget };
    case 'session':
      return { budget: row.standing.budget, session: row.session };
    case 'estimate':
      return { session: row.estimate.session };
    default:
      return {};
  }
}

/** A source is the folder of the settings: that of a folder that is open, or the user's own. */
export function settingsName(source: string): string {
  const place = budgetPlaces().find(({ folder }) => folder === source);
  return place === undefined
    ? l10n.t('your settings')
    : l10n.t('settings of {0}', withoutLinks(place.name ?? basename(source)));
}
