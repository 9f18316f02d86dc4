/** Keeps the budgets of the settings in the ledger, holds them against it, and answers what is asked of them. */

import { parseBudgets } from '../budgets/parseBudgets.ts';
import { rateWindowMs } from '../budgets/rate.ts';
import { worstOf } from '../budgets/worst.ts';
import type { AccountChoices } from '../domain/account.ts';
import type { Budget, SessionKey } from '../domain/budget.ts';
import type { Calendar } from '../domain/period.ts';
import { type Database, NewerLedgerError } from '../ledger/database.ts';
import { rootsActiveSince } from '../ledger/roots.ts';
import { quietMs } from '../ledger/sessionTrees.ts';
import { snooze, snoozesAt } from '../ledger/snoozes.ts';
import type { Around } from '../oversight/around.ts';
import { loadBudgets, storeBudgets, strictest } from '../oversight/budgetsInForce.ts';
import { clockOf } from '../oversight/clock.ts';
import { claimCrossings, crossedOf } from '../oversight/crossings.ts';
import { claimEstimates, type Estimates, estimatesOf, type ProjectPasts } from '../oversight/estimates.ts';
import { raiseBudget } from '../oversight/raises.ts';
import { resetBudgets } from '../oversight/resets.ts';
import { findRoot } from '../oversight/sessionIds.ts';
import { sessionStandings, sessionsCounted } from '../oversight/sessionStandings.ts';
import { standingsOf } from '../oversight/standings.ts';
import { claimStopsThatDidNotHold, release, stopSession, stopsByHand } from '../oversight/stops.ts';
import { suggestLimit } from '../oversight/suggestions.ts';
import { faultOf } from '../storage/sqlite.ts';
import type {
  BudgetEvent,
  BudgetRequests,
  BudgetsOverview,
  SourceBudgets,
  WrongBudget,
} from './budgetProtocol.ts';
import type { Handlers } from './channel.ts';
import { Duty } from './duty.ts';

export interface BudgetParts {
  /** Asks the ledger; `nothing` while there is none. */
  query<Result>(ask: (db: Database) => Result, nothing: Result): Result;
  calendar(): Calendar;
  now(): number;
  emit(event: BudgetEvent): void;
  /** Something that is shown is not what it was. */
  onChanged(): void;
  /** Guards judge by the budgets of the present settings from now on. */
  onStored(): void;
}

interface Source {
  readonly source: string;
  readonly budgets: readonly Budget[];
}

/** Of the thread's time, at most, that budgets are held against what was spent. */
export const watchingShare = 0.02;
/** Sessions that were active so lately are held against their budgets in an overview. */
const shownMs = 3_600_000;

function nothingKnown(wrong: readonly WrongBudget[]): BudgetsOverview {
  return {
    budgets: [],
    standings: [],
    clock: null,
    crossed: [],
    snoozes: [],
    rateWindowMs,
    wrong,
    estimates: [],
    epochs: [],
  };
}

export class BudgetKeeper {
  readonly #parts: BudgetParts;
  #sources: readonly Source[] = [];
  #wrong: readonly WrongBudget[] = [];
  #accounts: AccountChoices = {};
  /** The ledger that holds the budgets of the present settings. */
  #storedIn: Database | undefined;
  readonly #pasts: ProjectPasts = new Map();
  /** Something was stored since it was looked at last. */
  #isTouched = true;
  readonly #duty: Duty;

  constructor(parts: BudgetParts) {
    this.#parts = parts;
    this.#duty = new Duty({
      share: watchingShare,
      clock: () => performance.now(),
      action: () => this.watch(),
      // What the database would not take now is tried again with the next look at logs.
      onLateError: () => {},
    });
  }

  handlers(): Handlers<BudgetRequests> {
    return {
      budgets: () => this.#parts.query((db) => this.#overview(db), nothingKnown(this.#wrong)),
      suggestLimit: (query) => this.#parts.query((db) => suggestLimit(db, query, this.#around()), null),
      resetBudget: (query) => ({
        reset: this.#change((db) => resetBudgets(db, this.#inForce(db), query, this.#around()), 0),
      }),
      raiseBudget: ({ budget, session, by }) =>
        this.#change((db) => {
          // Of two of one id the last one is that which stops.
          const found = this.#inForce(db).findLast(({ id }) => id === budget);
          return found === undefined ? null : raiseBudget(db, found, session, by, this.#around());
        }, null),
      stopSession: ({ session }) => this.#change((db) => stopSession(db, session, this.#parts.now()), false),
      releaseSession: ({ session, by = null }) => ({
        released: this.#change((db) => release(db, session, by, this.#around()), 0),
      }),
      snooze: ({ budget, session, untilMs }) => this.#snooze(budget, session, untilMs),
    };
  }

  /** @param homeFolder what `~` stands for in the settings */
  configure(settings: readonly SourceBudgets[], accounts: AccountChoices, homeFolder: string): void {
    const parsed = settings.map(({ source, project, value }) => ({
      source,
      ...parseBudgets(value, { project, homeFolder }),
    }));
    this.#sources = parsed.map(({ source, budgets }) => ({ source, budgets }));
    this.#wrong = parsed.flatMap(({ source, wrong }) => wrong.map((entry) => ({ source, ...entry })));
    this.#accounts = accounts;
    this.#storedIn = undefined;
    this.#pasts.clear();
    this.touch();
  }

  /** To be called when something was stored. */
  touch(): void {
    this.#isTouched = true;
  }

  /** As {@link watch}, as soon as the share of the time allows that it may take. */
  watchSoon(): void {
    this.#duty.request();
  }

  /** Stores the budgets of the present settings where that was not done yet. Returns whether the ledger has them. */
  keepIn(db: Database): boolean {
    return this.#storedIn === db || this.#store(db);
  }

  /**
   * Tells of lines that were crossed by what was just spent. A bug costs a warning here, and not the reading of logs.
   *
   * @throws faults of the database, the ledger's to deal with
   */
  watch(): void {
    if (!this.#isTouched) return;
    try {
      this.#parts.query((db) => this.#watch(db), undefined);
    } catch (error) {
      if (faultOf(error) !== 'other' || error instanceof NewerLedgerError) throw error;
      process.emitWarning(error instanceof Error ? error : String(error));
    }
  }

  stop(): void {
    this.#duty.stop();
  }

  /** Only sessions at work can have crossed a line. */
  #watch(db: Database): void {
    const around = this.#around();
    const roots = rootsActiveSince(db, around.nowMs - quietMs);
    const budgets = this.#inForce(db);
    for (const crossing of claimCrossings(db, budgets, around, roots)) {
      this.#parts.emit({ type: 'budgetCrossed', ...crossing });
    }
    for (const crossing of claimEstimates(db, this.#estimates(db, budgets, roots), around)) {
      this.#parts.emit({ type: 'estimateCrossed', ...crossing });
    }
    for (const stop of claimStopsThatDidNotHold(db, roots, around))
      this.#parts.emit({ type: 'stopDidNotHold', stop });
    this.#isTouched = false;
  }

  /** What is shown of sessions: how the worst of their own budgets stands, and whether the user stopped them. */
  ofSessions(db: Database, roots: readonly number[]) {
    const budgets = this.#inForce(db).filter(({ isPaused }) => !isPaused);
    const standings = sessionStandings(db, budgets, this.#around(), roots);
    const stops = stopsByHand(db, roots);
    return (root: number) => ({
      budget: worstOf(standings.get(root) ?? []),
      stop: stops.get(root) ?? null,
    });
  }

  #overview(db: Database): BudgetsOverview {
    const around = this.#around();
    const roots = rootsActiveSince(db, around.nowMs - shownMs);
    const budgets = this.#inForce(db);
    const standings = standingsOf(db, budgets, around, roots);
    const { standings: estimates, epochs } = this.#estimates(db, budgets, roots);
    return {
      budgets,
      standings,
      clock: clockOf(standings, around.nowMs),
      crossed: crossedOf(db, standings, around),
      snoozes: snoozesAt(db, around.nowMs),
      rateWindowMs,
      wrong: this.#wrong,
      estimates: [...estimates.values()],
      epochs,
    };
  }

  #estimates(db: Database, budgets: readonly Budget[], roots: readonly number[]): Estimates {
    const around = this.#around();
    const inForce = budgets.filter(({ isPaused }) => !isPaused);
    return estimatesOf(db, roots, sessionsCounted(db, inForce, roots, around), this.#pasts, around);
  }

  #snooze(budget: string | null, session: SessionKey | null, untilMs: number): null {
    return this.#parts.query((db) => {
      const root = session === null ? 0 : findRoot(db, session);
      if (root !== null) snooze(db, { budget: budget ?? '', session: root }, untilMs);
      return null;
    }, null);
  }

  /** Those of the present settings hold also where they cannot be stored, as on a full disk. */
  #inForce(db: Database): readonly Budget[] {
    if (!this.keepIn(db)) {
      return strictest([...loadBudgets(db), ...this.#sources.flatMap(({ budgets }) => budgets)]);
    }
    return loadBudgets(db);
  }

  /** Stores the budgets of the present settings, in a ledger that was opened anew, too. Returns whether it could. */
  #store(db: Database): boolean {
    try {
      for (const { source, budgets } of this.#sources) storeBudgets(db, source, budgets, this.#parts.now());
      this.#storedIn = db;
      this.#parts.onStored();
      return true;
    } catch (error) {
      const fault = faultOf(error);
      if (fault !== 'busy' && fault !== 'full') throw error;
      return false;
    }
  }

  #change<Result>(work: (db: Database) => Result, nothing: Result): Result {
    const result = this.#parts.query(work, nothing);
    this.#parts.onChanged();
    return result;
  }

  #around(): Around {
    const { now, calendar } = this.#parts;
    return { nowMs: now(), calendar: calendar(), accounts: this.#accounts };
  }
}
