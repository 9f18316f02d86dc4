/** How sessions that no budget counts stand against the past of their projects. */

import { type Estimate, epochSessions, estimateOf, standAgainst } from '../budgets/estimate.ts';
import type { Cause, Epoch, EstimateStanding, Standing } from '../domain/budget.ts';
import { addTotals, noTotals, type Totals } from '../domain/totals.ts';
import { claimAlert, wasTold } from '../ledger/alerts.ts';
import { chargedSessions } from '../ledger/charged.ts';
import type { Database } from '../ledger/database.ts';
import { pastSessionCosts } from '../ledger/outlook.ts';
import { sumsSinceReset } from '../ledger/sessionSums.ts';
import { quietMs } from '../ledger/sessionTrees.ts';
import { isSnoozed } from '../ledger/snoozes.ts';
import type { Around } from './around.ts';
import { causeOf } from './cause.ts';
import { lateSpending } from './lateSpending.ts';
import { keysOf } from './sessionIds.ts';

/** What the past of a project says. */
export interface ProjectPast {
  readonly atMs: number;
  readonly sessions: number;
  readonly estimate: Estimate | null;
}

/** The pasts of projects by their folders, as far as they were asked for: they are kept, as they change slowly. */
export type ProjectPasts = Map<string, ProjectPast>;

const keptMs = 10 * 60_000;

export interface Estimates {
  readonly standings: ReadonlyMap<number, EstimateStanding>;
  readonly epochs: readonly Epoch[];
}

/**
 * @param roots ids of sessions
 * @param budgeted those of them that a budget of a session counts: they have no estimate
 */
export function estimatesOf(
  db: Database,
  roots: readonly number[],
  budgeted: ReadonlySet<number>,
  pasts: ProjectPasts,
  around: Around,
): Estimates {
  const charged = chargedSessions(db, roots, around.accounts);
  const keys = keysOf(db, roots);
  const spent = spentBy(db, roots);
  const standings = new Map<number, EstimateStanding>();
  const epochs = new Map<string, Epoch>();
  for (const root of roots) {
    const [projectPath, session] = [charged.get(root)?.projectPath, keys.get(root)];
    if (!projectPath || session === undefined) continue;
    const { sessions, estimate } = pastOf(db, projectPath, pasts, around.nowMs);
    if (estimate === null) epochs.set(projectPath, { projectPath, sessions, of: epochSessions });
    else if (!budgeted.has(root)) {
      const { cost, unpricedReceipts, partialReceipts } = spent.get(root) ?? noTotals;
      const isLowerBound = unpricedReceipts > 0 || partialReceipts > 0;
      standings.set(root, { session, isLowerBound, ...standAgainst(estimate, cost) });
    }
  }
  return { standings, epochs: [...epochs.values()] };
}

/** No budget is named so: nothing resets an estimate. */
const estimateName = 'estimate';

function spentBy(db: Database, roots: readonly number[]): ReadonlyMap<number, Totals> {
  const spent = new Map<number, Totals>();
  for (const { root, totals } of sumsSinceReset(db, roots, estimateName)) {
    spent.set(root, addTotals(spent.get(root) ?? noTotals, totals));
  }
  return spent;
}

function pastOf(db: Database, projectPath: string, pasts: ProjectPasts, nowMs: number): ProjectPast {
  const known = pasts.get(projectPath);
  if (known !== undefined && Math.abs(nowMs - known.atMs) < keptMs) return known;
  const costs = pastSessionCosts(db, projectPath, nowMs);
  const past = { atMs: nowMs, sessions: costs.length, estimate: estimateOf(costs) };
  pasts.set(projectPath, past);
  return past;
}

export interface EstimateCrossing {
  readonly standing: EstimateStanding;
  readonly cause: Cause;
}

/** As `claimCrossings`, for the steps of estimates. Within the usual spread of its project a session makes no noise. */
export function claimEstimates(
  db: Database,
  { standings }: Estimates,
  around: Around,
): readonly EstimateCrossing[] {
  const drifting = [...standings].filter(([, { step, isDrift }]) => step !== 'within' && isDrift);
  if (drifting.length === 0) return [];
  const late = lateSpending(db, around, quietMs);
  return drifting.flatMap(([root, standing]) => {
    const spent = late.of(asBudget(standing));
    if (!claim(db, root, standing, spent.length > 0, around.nowMs)) return [];
    return [{ standing, cause: causeOf(db, spent, around.nowMs) }];
  });
}

function claim(
  db: Database,
  session: number,
  { step, spent }: EstimateStanding,
  isAtWork: boolean,
  nowMs: number,
): boolean {
  const line = { budget: estimateName, session, time: { periodMs: 0, reset: 0 }, limit: 0n };
  if (wasTold(db, line, step)) return false;
  const isTold = isAtWork && !isSnoozed(db, line, nowMs);
  return claimAlert(db, { ...line, level: step, spent, atMs: nowMs, isTold }) && isTold;
}

/** An estimate counts what a budget of every session at list price would. */
function asBudget({ session, estimate }: EstimateStanding): Pick<Standing, 'budget' | 'session'> {
  const rules = { nearPercent: 100, wrapUpPercent: 100, stops: false, isPaused: false };
  const budget = {
    id: estimateName,
    span: { kind: 'session' },
    unit: 'list',
    scope: {},
    limit: estimate,
  } as const;
  return { session, budget: { ...budget, ...rules } };
}
