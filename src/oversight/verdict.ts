/** What a guard tells an agent: the user's stop comes first, then the worst standing of all that count its session. */

import type { Charged } from '../budgets/scope.ts';
import { worstOf } from '../budgets/worst.ts';
import type { Amount, SessionKey, Standing, Verdict } from '../domain/budget.ts';
import { chargedSessions } from '../ledger/charged.ts';
import type { Database } from '../ledger/database.ts';
import { openStops } from '../ledger/stops.ts';
import type { Around } from './around.ts';
import { loadBudgets } from './budgetsInForce.ts';
import { findRoot } from './sessionIds.ts';
import { standingsFor, standingsForNew } from './standingsFor.ts';
import { usualSubAgent } from './subAgents.ts';

const allow: Verdict = { kind: 'allow' };

/**
 * Of a session, or the outermost one above a sub-agent. One that the ledger does not know is judged as a new one.
 *
 * @param projectPath where such a one is to be at work
 */
export function verdictOn(
  db: Database,
  session: SessionKey,
  around: Around,
  projectPath: string | null = null,
): Verdict {
  const root = findRoot(db, session);
  if (root === null) return mayStartSession(db, { agent: session.agent, projectPath }, around);
  return stopByHand(db, root) ?? judge(standingsFor(db, loadBudgets(db), root, around));
}

/** Whether a session may begin: not while a budget that would count it is spent, and sparingly while one is near. */
export function mayStartSession(
  db: Database,
  session: Pick<Charged, 'agent' | 'projectPath'>,
  around: Around,
): Verdict {
  const charged = { ...session, account: usualAccount(db, session.agent, around) };
  return judgeStart(standingsForNew(db, loadBudgets(db), charged, around));
}

/** Whether a session may start a sub-agent: not where what such a one usually spends would overrun what is left. */
export function mayStartSubAgent(
  db: Database,
  session: SessionKey,
  around: Around,
  projectPath: string | null = null,
): Verdict {
  const root = findRoot(db, session);
  if (root === null) return mayStartSession(db, { agent: session.agent, projectPath }, around);
  const stop = stopByHand(db, root);
  if (stop !== null) return stop;
  const standings = standingsFor(db, loadBudgets(db), root, around);
  const usual = usualSubAgent(db, root, around);
  const overrun = standings.find((standing) => isOverrunBy(standing, usual(standing.budget)));
  return overrun === undefined ? judgeStart(standings) : { kind: 'stop', standing: overrun };
}

function isOverrunBy({ budget, limit, spent }: Standing, more: Amount | null): boolean {
  return budget.stops && more !== null && spent + more > limit;
}

function stopByHand(db: Database, root: number): Verdict | null {
  const stop = openStops(db).find(({ session, reason }) => session === root && reason === 'hand');
  return stop === undefined ? null : { kind: 'stoppedByHand', atMs: stop.atMs };
}

function judge(standings: readonly Standing[]): Verdict {
  const standing = worstOf(standings.filter(({ budget }) => budget.stops));
  if (standing?.level === 'over') return { kind: 'stop', standing };
  return standing?.level === 'wrapUp' ? { kind: 'wrapUp', standing } : allow;
}

function judgeStart(standings: readonly Standing[]): Verdict {
  const standing = worstOf(standings.filter(({ budget }) => budget.stops));
  if (standing === null || standing.level === 'within') return allow;
  return { kind: standing.level === 'over' ? 'stop' : 'save', standing };
}

/** How the agent's last session was paid for. */
function usualAccount(db: Database, agent: Charged['agent'], { accounts }: Around): Charged['account'] {
  const sql =
    'SELECT id FROM session WHERE agent = ? AND last_ms IS NOT NULL ORDER BY last_ms DESC, id DESC LIMIT 1';
  const last = db.get<{ id: number }>(sql, agent);
  const known = last && chargedSessions(db, [last.id], accounts).get(last.id);
  return known?.account ?? accounts[agent] ?? 'untold';
}
