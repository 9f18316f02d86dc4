/** What beside the ledger decides how budgets stand. */

import type { AccountChoices } from '../domain/account.ts';
import type { Calendar } from '../domain/period.ts';

export interface Around {
  readonly nowMs: number;
  readonly calendar: Calendar;
  /** What the user said of agents' accounts. */
  readonly accounts: AccountChoices;
}
