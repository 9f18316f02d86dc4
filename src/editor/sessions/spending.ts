/** What was spent, in words: money paid to APIs and what use under plans would have cost are never one sum. */

import { l10n } from 'vscode';
import { type Account, accounts, type TotalsByAccount, wholeOf } from '../../domain/account.ts';
import type { Totals } from '../../domain/totals.ts';
import type { Format } from '../format.ts';
import { costText, spokenCost } from './sums.ts';

/** The cost of each account that has any; plain where no account is told. */
export function spendingText(spending: TotalsByAccount, format: Format): string {
  const used = usedAccounts(spending);
  if (!used.some(isTold)) return costText(wholeOf(spending), format);
  return used.map((account) => shortText(account, costText(spending[account], format))).join(' · ');
}

function shortText(account: Account, cost: string): string {
  switch (account) {
    case 'api':
      return l10n.t('API {0}', cost);
    case 'plan':
      return l10n.t('plan {0}', cost);
    case 'untold':
      return l10n.t('other {0}', cost);
  }
}

/** The same for screen readers and hovers. */
export function spokenSpending(spending: TotalsByAccount, format: Format): readonly string[] {
  const used = usedAccounts(spending);
  if (!used.some(isTold)) return [spokenCost(wholeOf(spending), format)];
  return used.map((account) => spokenPart(account, spending[account], format));
}

function spokenPart(account: Account, totals: Totals, format: Format): string {
  const cost = spokenCost(totals, format);
  switch (account) {
    case 'api':
      return l10n.t('paid to APIs, {0}', cost);
    case 'plan':
      return l10n.t('at list price under plans, {0}', cost);
    case 'untold':
      return l10n.t('at list price, not told how it is paid, {0}', cost);
  }
}

/** What the cost of a session of the account means, in few words. */
export function accountText(account: Exclude<Account, 'untold'>): string {
  return account === 'plan' ? l10n.t('plan, cost at list price') : l10n.t('API, cost as paid');
}

/** The same as a sentence. */
export function priceRemark(account: Account): string {
  switch (account) {
    case 'api':
      return l10n.t('Paid by the token: cost is at list price on the day of each response.');
    case 'plan':
      return l10n.t(
        'Used under a plan: cost is what the same would have come to at list price on the day of each response, not money paid.',
      );
    case 'untold':
      return l10n.t('Cost is at list price on the day of each response.');
  }
}

function usedAccounts(spending: TotalsByAccount): readonly Account[] {
  return accounts.filter((account) => spending[account].receipts > 0);
}

function isTold(account: Account): boolean {
  return account !== 'untold';
}
