/** What the ledger remembers about session budgets: resets, and alerts already given. */

import type { AgentId } from '../domain/agent.ts';
import { noMoney, type Pico, pico } from '../domain/money.ts';
import type { Totals } from '../domain/totals.ts';
import type { Database } from './database.ts';
import { newestRoots, rootOf } from './roots.ts';
import { sumsBy, treeOf } from './sums.ts';

/** The last reset of each session of a common table `tree`. */
const lastResets = `
  , last_reset (session, number, last_receipt) AS (
    SELECT session, max(number), last_receipt FROM budget_reset GROUP BY session)`;

/** What each session and its sub-agents spent since its last reset. Sessions that spent nothing are left out. */
export function spentSinceReset(db: Database, roots: readonly number[]): ReadonlyMap<number, Totals> {
  const rest = `
    JOIN tree ON tree.id = counted.session LEFT JOIN last_reset ON last_reset.session = tree.root
    WHERE last_reset.number IS NULL OR counted.id > last_reset.last_receipt GROUP BY tree.root`;
  const sums = sumsBy<{ root: number }>(
    db,
    ['tree.root AS root'],
    rest,
    [JSON.stringify(roots)],
    treeOf + lastResets,
  );
  return new Map(sums.map(({ group, totals }) => [group.root, totals]));
}

export interface AlertClaim {
  readonly agent: AgentId;
  readonly key: string;
  readonly limit: Pico;
  readonly spent: Pico;
  readonly atMs: number;
  /** Whether the user will be told; if not, the crossing is only noted, so that nobody tells of what is long past. */
  readonly isTold: boolean;
}

/**
 * Notes that a session crossed a limit. What was noted in silence may be told once the session has spent more.
 *
 * @returns whether this caller was the first to note it, or to tell it, since the last reset: only then may it tell
 */
export function claimAlert(db: Database, claim: AlertClaim): boolean {
  const { agent, key, limit, spent, atMs, isTold } = claim;
  const sql = `
    INSERT INTO alert (kind, session, limit_pico, reset, at_ms, spent_pico, is_told)
    SELECT 'session', id, ?, (SELECT count(*) FROM budget_reset WHERE budget_reset.session = session.id), ?, ?, ?
    FROM session WHERE agent = ? AND key = ?
    ON CONFLICT DO UPDATE SET at_ms = excluded.at_ms, spent_pico = excluded.spent_pico, is_told = 1
    WHERE excluded.is_told > alert.is_told AND excluded.spent_pico > alert.spent_pico`;
  const values = [saturate(limit), atMs, saturate(spent), isTold ? 1 : 0, agent, key];
  return db.write(() => db.run(sql, ...values) > 0);
}

const mostStorable = 2n ** 63n - 1n;

/** SQLite's integers end at 2⁶³, which only sums of damaged logs reach: one that is larger is kept as that. */
function saturate(amount: Pico): Pico {
  return amount > mostStorable ? pico(mostStorable) : amount;
}

/**
 * Ends the budget period of a session, or of all that have spent anything in theirs.
 *
 * The new period begins after everything that was read so far, whatever times it bears.
 *
 * @returns how many periods were ended
 */
export function resetBudgets(
  db: Database,
  session: { readonly agent: AgentId; readonly key: string } | null,
  nowMs: number,
): number {
  return db.write(() => {
    const roots = session === null ? newestRoots(db, Number.POSITIVE_INFINITY) : findRoot(db, session);
    const spent = spentSinceReset(db, roots);
    const ended = session === null ? roots.filter((root) => spent.has(root)) : roots;
    for (const root of ended) reset(db, root, spent.get(root)?.cost ?? noMoney, nowMs);
    return ended.length;
  });
}

function findRoot(
  db: Database,
  session: { readonly agent: AgentId; readonly key: string },
): readonly number[] {
  const { agent, key } = session;
  const row = db.get<{ id: number }>('SELECT id FROM session WHERE agent = ? AND key = ?', agent, key);
  return row === undefined ? [] : [rootOf(db, row.id)];
}

function reset(db: Database, root: number, spent: Pico, nowMs: number): void {
  const sql = `
    INSERT INTO budget_reset (session, number, at_ms, last_receipt, spent_pico)
    SELECT ?, 1 + count(*), ?, (SELECT ifnull(max(id), 0) FROM receipt), ? FROM budget_reset WHERE session = ?`;
  db.run(sql, root, nowMs, saturate(spent), root);
}
