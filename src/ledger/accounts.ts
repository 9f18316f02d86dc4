/**
 * The accounts that sessions were paid from: by the user's word, else by what logs are sure of. Asked anew each time, so
 * that a choice holds at once for all that is stored.
 */

import {
  type Account,
  type AccountChoices,
  accountOf,
  creditAgents,
  noTotalsByAccount,
  type TotalsByAccount,
} from '../domain/account.ts';
import type { Period } from '../domain/period.ts';
import { addTotals } from '../domain/totals.ts';
import type { Database } from './database.ts';
import { totalBySession } from './hourly.ts';
import { findAbove, type LineMember, lineageOf } from './lineage.ts';

const toldPlans = `
  SELECT session AS id FROM fact
  WHERE session IN (SELECT value FROM json_each(?)) AND field = 'account' AND value = 'plan'`;

/** Credits of a sum that gave way, or counts less than is stated, tell of a plan, too. */
const withReportedCost = `
  SELECT value AS id FROM json_each(?)
  WHERE EXISTS (SELECT 1 FROM receipt WHERE receipt.session = value AND reported_pico IS NOT NULL)
    OR EXISTS (
      SELECT 1 FROM receipt CROSS JOIN stated USING (response, request)
      WHERE receipt.session = value AND stated.reported_pico IS NOT NULL)`;

/** @param sessions ids. A sub-agent is under the plan of the session that started it */
export function accountsOf(
  db: Database,
  sessions: readonly number[],
  choices: AccountChoices,
  lineage = lineageOf(db, sessions),
): ReadonlyMap<number, Account> {
  const members = [...lineage.values()];
  const plans = idsBy(db, toldPlans, members);
  const reported = idsBy(
    db,
    withReportedCost,
    members.filter(({ agent }) => creditAgents.includes(agent)),
  );
  const has = (ids: ReadonlySet<number>, session: number) =>
    findAbove(lineage, session, ({ id }) => ids.has(id) || undefined) ?? false;
  return new Map(
    sessions.flatMap((id) => {
      const agent = lineage.get(id)?.agent;
      if (agent === undefined) return [];
      const told = { agent, isUnderPlan: has(plans, id), hasReportedCost: has(reported, id) };
      return [[id, accountOf(told, choices)]];
    }),
  );
}

function idsBy(db: Database, sql: string, members: readonly LineMember[]): ReadonlySet<number> {
  const ids = JSON.stringify(members.map(({ id }) => id));
  return new Set(db.all<{ id: number }>(sql, ids).map(({ id }) => id));
}

/** What a time came to, by account. Costs as much as there were sessions in its hours. */
export function totalsByAccount(db: Database, period: Period, choices: AccountChoices): TotalsByAccount {
  const sums = totalBySession(db, period);
  const found = accountsOf(db, [...sums.keys()], choices);
  const totals = { ...noTotalsByAccount };
  for (const [session, sum] of sums) {
    const account = found.get(session) ?? 'untold';
    totals[account] = addTotals(totals[account], sum);
  }
  return totals;
}
