/**
 * The rows of the budgets view: what is wrong in settings, budgets with what is to be known of each, and after a budget of
 * each session the sessions that are near it or over it.
 */

import type {
  Amount,
  Budget,
  Crossed,
  Epoch,
  EstimateStanding,
  SessionKey,
  Standing,
} from '../../domain/budget.ts';
import type { BudgetsOverview, WrongBudget } from '../../workers/budgetProtocol.ts';
import { type RowId, type RowPlace, type Rows, topLevel, toRows } from '../rows/rows.ts';

export type BudgetFact =
  | { readonly kind: 'counts'; readonly budget: Budget }
  | { readonly kind: 'scope'; readonly budget: Budget }
  | { readonly kind: 'asOf'; readonly atMs: number | null }
  | { readonly kind: 'rate'; readonly budget: Budget; readonly perHour: Amount; readonly windowMs: number }
  | { readonly kind: 'since'; readonly atMs: number }
  | { readonly kind: 'reset'; readonly atMs: number }
  | { readonly kind: 'raised'; readonly budget: Budget; readonly by: Amount }
  /** When it came to its levels, the lowest first; never of none. */
  | { readonly kind: 'crossed'; readonly crossed: readonly Crossed[] }
  | { readonly kind: 'marks'; readonly budget: Budget }
  | { readonly kind: 'snoozed'; readonly untilMs: number }
  | { readonly kind: 'stops'; readonly budget: Budget };

export type BudgetRow = RowPlace &
  (
    | { readonly kind: 'budget'; readonly standing: Standing }
    /** A budget of each session, with how many sessions are near it or over it. */
    | { readonly kind: 'each'; readonly budget: Budget; readonly pressed: readonly Standing[] }
    | { readonly kind: 'session'; readonly standing: Standing; readonly session: SessionKey }
    | { readonly kind: 'paused'; readonly budget: Budget }
    | { readonly kind: 'fact'; readonly fact: BudgetFact }
    /** A session that no budget counts, and that has come to more than such sessions usually do. */
    | { readonly kind: 'estimate'; readonly estimate: EstimateStanding }
    | { readonly kind: 'epoch'; readonly epoch: Epoch }
    | { readonly kind: 'wrong'; readonly wrong: WrongBudget }
  );

export type BudgetRows = Rows<BudgetRow>;

export function buildBudgetRows(overview: BudgetsOverview): BudgetRows {
  const { budgets, wrong, estimates, epochs } = overview;
  const rows: BudgetRow[] = [];
  // What is left out comes first: the user has to mend it, and thinks that it holds.
  rows.push(...wrong.map(wrongRow));
  for (const budget of budgets.toSorted(bySpan)) addBudget(rows, budget, overview);
  rows.push(
    ...estimates.filter(({ step }) => step !== 'within').map(estimateRow),
    ...epochs.map((epoch): BudgetRow => {
      return { kind: 'epoch', id: `epoch:${epoch.projectPath}`, ...topLevel, epoch };
    }),
  );
  return toRows(rows);
}

function wrongRow(wrong: WrongBudget): BudgetRow {
  return { kind: 'wrong', id: `wrong:${wrong.source}:${wrong.index}`, ...topLevel, wrong };
}

/** The shortest time first; those of each session, which have sessions after them, last. */
function bySpan(a: Budget, b: Budget): number {
  return spanHours(a) - spanHours(b);
}

function spanHours({ span }: Budget): number {
  if (span.kind === 'session') return Number.MAX_SAFE_INTEGER;
  return span.kind === 'rolling' ? span.hours : { day: 24, week: 168, month: 720 }[span.unit];
}

function estimateRow(estimate: EstimateStanding): BudgetRow {
  const { agent, key } = estimate.session;
  return { kind: 'estimate', id: `estimate:${agent}:${key}`, ...topLevel, estimate };
}

/** Two of one id may hold, of which one warns and the other stops. */
function budgetRowId({ id, stops }: Budget, { budgets }: BudgetsOverview): RowId {
  const isOneOfTwo = budgets.filter((budget) => budget.id === id).length > 1;
  return isOneOfTwo && !stops ? `budget:${id}#warns` : `budget:${id}`;
}

function addBudget(rows: BudgetRow[], budget: Budget, overview: BudgetsOverview): void {
  const { standings } = overview;
  const id = budgetRowId(budget, overview);
  const place = { id, parent: undefined };
  const own = standings.filter((standing) => isOf(standing.budget, budget));
  const overTime = own.find(({ session }) => session === null);
  if (budget.isPaused) {
    rows.push({ ...place, kind: 'paused', budget, children: addFacts(rows, id, rulesOf(budget, overview)) });
  } else if (budget.span.kind === 'session') {
    const pressed = own.filter(({ level }) => level !== 'within').toSorted(byLevel);
    rows.push({
      ...place,
      kind: 'each',
      budget,
      pressed,
      children: addFacts(rows, id, rulesOf(budget, overview)),
    });
    for (const standing of pressed) addSession(rows, standing, overview);
  } else if (overTime !== undefined) {
    const children = addFacts(rows, id, [...stateOf(overTime, overview), ...rulesOf(budget, overview)]);
    rows.push({ ...place, kind: 'budget', standing: overTime, children });
  }
}

/** What is spent most of its limit first. */
function byLevel(a: Standing, b: Standing): number {
  return Number(b.spent * a.limit > a.spent * b.limit) - Number(b.spent * a.limit < a.spent * b.limit);
}

function addSession(rows: BudgetRow[], standing: Standing, overview: BudgetsOverview): void {
  const { session } = standing;
  if (session === null) return;
  const id = `${budgetRowId(standing.budget, overview)}#${session.agent}:${session.key}`;
  const children = addFacts(rows, id, stateOf(standing, overview));
  rows.push({ id, parent: undefined, kind: 'session', standing, session, children });
}

function addFacts(rows: BudgetRow[], parent: RowId, facts: readonly BudgetFact[]): readonly RowId[] {
  const added = facts.map((fact): BudgetRow => {
    return { kind: 'fact', id: `${parent}#${fact.kind}`, parent, children: [], fact };
  });
  rows.push(...added);
  return added.map(({ id }) => id);
}

function stateOf(
  standing: Standing,
  { crossed, rateWindowMs: windowMs }: BudgetsOverview,
): readonly BudgetFact[] {
  const { budget, session, limit, ratePerHour, nextResetMs, period, asOfMs } = standing;
  const facts: BudgetFact[] = [];
  if (budget.unit === 'planShare') facts.push({ kind: 'asOf', atMs: asOfMs });
  if (ratePerHour !== null) facts.push({ kind: 'rate', budget, perHour: ratePerHour, windowMs });
  if (period !== null) facts.push({ kind: 'since', atMs: period.startMs });
  if (nextResetMs !== null) facts.push({ kind: 'reset', atMs: nextResetMs });
  if (limit > budget.limit) facts.push({ kind: 'raised', budget, by: limit - budget.limit });
  const own = crossed.filter(
    ({ budget: id, stops, session: whose }) => isOf({ id, stops }, budget) && isSame(whose, session),
  );
  if (own.length > 0) facts.push({ kind: 'crossed', crossed: own });
  return facts;
}

function isOf(a: Pick<Budget, 'id' | 'stops'>, b: Budget): boolean {
  return a.id === b.id && a.stops === b.stops;
}

function isSame(a: SessionKey | null, b: SessionKey | null): boolean {
  return a?.agent === b?.agent && a?.key === b?.key;
}

function rulesOf(budget: Budget, { snoozes }: BudgetsOverview): readonly BudgetFact[] {
  const own = snoozes.filter((snooze) => snooze.budget === budget.id);
  return [
    { kind: 'counts', budget },
    { kind: 'scope', budget },
    { kind: 'marks', budget },
    { kind: 'stops', budget },
    ...own.map(({ untilMs }) => ({ kind: 'snoozed', untilMs }) as const),
  ];
}
