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
import type { AgentId } from '../domain/agent.ts';
import type { Period } from '../domain/period.ts';
import { addTotals } from '../domain/totals.ts';
import type { Database } from './database.ts';
import { totalBySession } from './hourly.ts';

/** A sub-agent is under the plan of the session that started it. Credits of a sum that gave way tell of it, too. */
const evidence = `
  WITH RECURSIVE line (session, id) AS (
    SELECT value, value FROM json_each(?)
    UNION ALL SELECT line.session, session.parent FROM line JOIN session ON session.id = line.id
    WHERE session.parent IS NOT NULL
  )
  SELECT line.session AS id, session.agent AS agent, max(ifnull(fact.value = 'plan', 0)) AS is_under_plan,
    max(session.agent IN (${creditAgents.map((agent) => `'${agent}'`).join(', ')})
      AND EXISTS (SELECT 1 FROM receipt WHERE receipt.session = line.id AND reported_pico IS NOT NULL))
      AS has_reported_cost
  FROM line JOIN session ON session.id = line.session
  LEFT JOIN fact ON fact.session = line.id AND fact.field = 'account'
  GROUP BY line.session`;

interface EvidenceRow {
  readonly id: number;
  readonly agent: AgentId;
  readonly is_under_plan: number;
  readonly has_reported_cost: number;
}

/** @param sessions ids */
export function accountsOf(
  db: Database,
  sessions: readonly number[],
  choices: AccountChoices,
): ReadonlyMap<number, Account> {
  const rows = db.all<EvidenceRow>(evidence, JSON.stringify(sessions));
  return new Map(
    rows.map(({ id, agent, is_under_plan, has_reported_cost }) => {
      const told = { agent, isUnderPlan: is_under_plan === 1, hasReportedCost: has_reported_cost === 1 };
      return [id, accountOf(told, choices)];
    }),
  );
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
