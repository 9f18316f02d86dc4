/**
 * What it takes to hold a ledger of a million receipts against its budgets: each kind of budget beside the same sum from
 * the receipts alone, and all of them as they are looked at after each look at logs.
 */

import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { parseBudgets } from '../../src/budgets/parseBudgets.ts';
import type { Budget } from '../../src/domain/budget.ts';
import { addReset } from '../../src/ledger/budgetLines.ts';
import { Database } from '../../src/ledger/database.ts';
import { keepSums } from '../../src/ledger/grownReceipts.ts';
import { rootsActiveSince } from '../../src/ledger/roots.ts';
import { sumsBy } from '../../src/ledger/sums.ts';
import { claimCrossings } from '../../src/oversight/crossings.ts';
import { standingsOf } from '../../src/oversight/standings.ts';
import { watchingShare } from '../../src/workers/budgetKeeper.ts';
import { Duty } from '../../src/workers/duty.ts';
import { withTemporaryFolder } from '../harness/isolation.ts';
import { compare, type Figure, type Part } from './figure.ts';
import { endMs, ledgerOnce, periods, requireSqlite, storeReply, timed } from './millionReceipts.ts';
import { listPrices } from './prices.ts';

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
      return [...kindFigures(db), ...resetFigures(db), ...wholeFigures(db), ...(await shareFigures())];
    } finally {
      db.close();
    }
  },
};

const followedMs = 20_000;
/** Between two replies: of ten agents at work at once, fewer come. */
const pauseMs = 50;

/** What of the ledger thread's time budgets take while replies come in one after the other, in a copy of the ledger. */
function shareFigures(): Promise<Figure[]> {
  return withTemporaryFolder(async (folder) => {
    const path = join(folder, 'ledger.db');
    await copyFile(await ledgerOnce(), path);
    const db = new Database(requireSqlite(), path);
    try {
      return await followReplies(db);
    } finally {
      db.close();
    }
  });
}

async function followReplies(db: Database): Promise<Figure[]> {
  const budgets = toBudgets(Object.values(kinds));
  const pricing = listPrices();
  const begunMs: number[] = [];
  const tookMs: number[] = [];
  const duty = new Duty({
    share: watchingShare,
    clock: () => performance.now(),
    action: () => {
      const startMs = performance.now();
      claimCrossings(db, budgets, around, activeRoots(db));
      begunMs.push(startMs);
      tookMs.push(performance.now() - startMs);
    },
    onLateError: (error) => {
      throw error;
    },
  });
  const startMs = performance.now();
  for (let reply = 0; performance.now() - startMs < followedMs; reply++) {
    storeReply(db, pricing, reply, around.nowMs);
    duty.request();
    await setTimeout(pauseMs);
  }
  duty.stop();
  // From the begin of the first to that of the last: each with the rest that follows it.
  const busyMs = tookMs.slice(0, -1).reduce((sum, ms) => sum + ms, 0);
  const share = (100 * busyMs) / ((begunMs.at(-1) ?? 0) - (begunMs[0] ?? 0));
  return compare('budget-evaluation-share', '% of the time', [share], {
    'what is allowed': [100 * watchingShare],
  });
}

function kindFigures(db: Database): Figure[] {
  const roots = activeRoots(db);
  return Object.entries(kinds).flatMap(([name, entry]) => {
    const ours = timed(() => claimCrossings(db, toBudgets([entry]), around, roots));
    return compare(`budget-evaluation-${name}`, 'ms', ours, {
      'a month of receipts': timed(() => plain(db)),
    });
  });
}

/**
 * A budget that was reset in the middle of its month counts by receipts and by hours, and what has grown since of some
 * thousand sums of whole sessions.
 */
function resetFigures(db: Database): Figure[] {
  const [month] = toBudgets([{ per: 'month', limit }]);
  if (month === undefined) throw new Error('no budget of a month');
  db.run('SAVEPOINT budgets');
  try {
    addReset(db, { budget: month.id, session: 0 }, 0n, midMonthMs);
    const keeping = timed(() => keepSums(db, midMonthMs));
    db.run(
      'INSERT OR IGNORE INTO sum_at_reset (reset_ms, receipt) SELECT ?, id FROM receipt WHERE id % 300 = 0',
      midMonthMs,
    );
    db.run(
      `UPDATE budget_reset SET last_receipt = (SELECT max(id) FROM receipt WHERE at_ms < ?)`,
      midMonthMs,
    );
    const ours = timed(() => claimCrossings(db, [month], around, []));
    const peers = { 'a month of receipts': timed(() => plain(db)) };
    return [
      ...compare('budget-reset', 'ms', keeping, peers),
      ...compare('budget-evaluation-month-since-a-reset', 'ms', ours, peers),
    ];
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
