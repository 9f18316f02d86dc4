/**
 * What it takes to hold a ledger of a million receipts against its budgets: each kind of budget beside the same sum from
 * the receipts alone, and all of them as they are looked at after each look at logs.
 */

import { parseBudgets } from '../../src/budgets/parseBudgets.ts';
import type { Budget } from '../../src/domain/budget.ts';
import { addReset } from '../../src/ledger/budgetLines.ts';
import { Database } from '../../src/ledger/database.ts';
import { rootsActiveSince } from '../../src/ledger/roots.ts';
import { sumsBy } from '../../src/ledger/sums.ts';
import { claimCrossings } from '../../src/oversight/crossings.ts';
import { standingsOf } from '../../src/oversight/standings.ts';
import { compare, type Figure, type Part } from './figure.ts';
import { endMs, ledgerOnce, periods, requireSqlite, timed } from './millionReceipts.ts';

const limit = 1_000_000;
const kinds: Readonly<Record<string, object>> = {
  session: { per: 'session', limit },
  day: { per: 'day', limit },
  month: { per: 'month', limit },
  'month-in-tokens': { per: 'month', limit: 1e15, unit: 'tokens' },
  'month-of-a-model': { per: 'month', limit, model: 'claude-opus-*' },
  'five-hours': { per: '5h', limit },
  'day-paid': { per: 'day', limit, unit: 'paid' },
  'month-paid': { per: 'month', limit, unit: 'paid' },
  'month-of-a-project': { per: 'month', limit, project: '/home/ann/project-1' },
};

/** The last evening of a month, when most of it counts. */
const around = {
  nowMs: endMs - 60_000,
  calendar: { timeZone: 'UTC', weekStart: 1 },
  accounts: {},
} as const;

export const budgetEvaluation: Part = {
  name: 'budget-evaluation',
  async run() {
    const db = new Database(requireSqlite(), await ledgerOnce());
    try {
      return [...kindFigures(db), ...resetFigures(db), ...wholeFigures(db)];
    } finally {
      db.close();
    }
  },
};

function kindFigures(db: Database): Figure[] {
  const roots = activeRoots(db);
  return Object.entries(kinds).flatMap(([name, entry]) => {
    const ours = timed(() => claimCrossings(db, toBudgets([entry]), around, roots));
    return compare(`budget-evaluation-${name}`, 'ms', ours, {
      'a month of receipts': timed(() => plain(db)),
    });
  });
}

/** A budget that was reset in the middle of its month counts by receipts and by hours. */
function resetFigures(db: Database): Figure[] {
  const [month] = toBudgets([{ per: 'month', limit }]);
  if (month === undefined) throw new Error('no budget of a month');
  db.run('SAVEPOINT budgets');
  try {
    addReset(db, { budget: month.id, session: 0 }, 0n, around.nowMs - 15 * 86_400_000);
    db.run(
      `UPDATE budget_reset SET last_receipt = (SELECT max(id) FROM receipt WHERE at_ms < ?)`,
      midMonthMs,
    );
    const ours = timed(() => claimCrossings(db, [month], around, []));
    return compare('budget-evaluation-month-since-a-reset', 'ms', ours, {
      'a month of receipts': timed(() => plain(db)),
    });
  } finally {
    db.run('ROLLBACK TO budgets');
    db.run('RELEASE budgets');
  }
}

const midMonthMs = endMs - 15 * 86_400_000;

function wholeFigures(db: Database): Figure[] {
  const roots = activeRoots(db);
  const budgets = toBudgets(Object.values(kinds));
  const crossings = timed(() => claimCrossings(db, budgets, around, roots));
  const overview = timed(() => standingsOf(db, budgets, around, roots));
  const peers = { 'a month of receipts': timed(() => plain(db)) };
  return [
    ...compare('budget-evaluation', 'ms', crossings, peers),
    ...compare('budget-evaluation-overview', 'ms', overview, peers),
  ];
}

function plain(db: Database): unknown {
  const { startMs, endMs: untilMs } = periods.month;
  return sumsBy(db, [], 'WHERE at_ms >= ? AND at_ms < ?', [startMs, untilMs]);
}

function activeRoots(db: Database): readonly number[] {
  return rootsActiveSince(db, around.nowMs - 3_600_000);
}

function toBudgets(entries: readonly object[]): readonly Budget[] {
  return parseBudgets(entries, { project: null, homeFolder: '/home/ann' }).budgets;
}
