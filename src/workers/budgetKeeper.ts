/** Keeps the budgets of the settings in the ledger, holds them against it, and answers what is asked of them. */

import { parseBudgets } from '../budgets/parseBudgets.ts';
import { worstOf } from '../budgets/worst.ts';
import type { AccountChoices } from '../domain/account.ts';
import type { Budget } from '../domain/budget.ts';
import type { Calendar } from '../domain/period.ts';
import type { Database } from '../ledger/database.ts';
import { rootsActiveSince } from '../ledger/roots.ts';
import { quietMs } from '../ledger/sessionTrees.ts';
import type { Around } from '../oversight/around.ts';
import { loadBudgets, storeBudgets } from '../oversight/budgetsInForce.ts';
import { clockOf } from '../oversight/clock.ts';
import { claimCrossings } from '../oversight/crossings.ts';
import { raiseBudget } from '../oversight/raises.ts';
import { resetBudgets } from '../oversight/resets.ts';
import { sessionStandings } from '../oversight/sessionStandings.ts';
import { standingsOf } from '../oversight/standings.ts';
import { release, stopSession, stopsByHand } from '../oversight/stops.ts';
import type {
  BudgetEvent,
  BudgetRequests,
  BudgetsOverview,
  SourceBudgets,
  WrongBudget,
} from './budgetProtocol.ts';
import type { Handlers } from './channel.ts';

export interface BudgetParts {
  /** Asks the ledger; `nothing` while there is none. */
  query<Result>(ask: (db: Database) => Result, nothing: Result): Result;
  calendar(): Calendar;
  now(): number;
  emit(event: BudgetEvent): void;
  /** Something that is shown is not what it was. */
  onChanged(): void;
}

interface Source {
  readonly source: string;
  readonly budgets: readonly Budget[];
}

/** Sessions that were active so lately are held against their budgets in an overview. */
const shownMs = 3_600_000;

export class BudgetKeeper {
  readonly #parts: BudgetParts;
  #sources: readonly Source[] = [];
  #wrong: readonly WrongBudget[] = [];
  #accounts: AccountChoices = {};
  /** The ledger that holds the budgets of the present settings. */
  #storedIn: Database | undefined;

  constructor(parts: BudgetParts) {
    this.#parts = parts;
  }

  handlers(): Handlers<BudgetRequests> {
    return {
      budgets: () => this.#overview(),
      resetBudget: (query) => ({
        reset: this.#change((db) => resetBudgets(db, this.#inForce(db), query, this.#around()), 0),
      }),
      raiseBudget: ({ budget, session, by }) =>
        this.#change((db) => {
          const found = this.#inForce(db).find(({ id }) => id === budget);
          return found !== undefined && raiseBudget(db, found, session, by, this.#around());
        }, false),
      stopSession: ({ session }) => this.#change((db) => stopSession(db, session, this.#parts.now()), false),
      releaseSession: ({ session, by = null }) => ({
        released: this.#change((db) => release(db, session, by, this.#around()), 0),
      }),
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
  }

  /** Tells of lines that were crossed by what was just spent. */
  watch(db: Database): void {
    const budgets = this.#inForce(db);
    if (budgets.length === 0) return;
    const around = this.#around();
    const roots = rootsActiveSince(db, around.nowMs - quietMs);
    for (const crossing of claimCrossings(db, budgets, around, roots)) {
      this.#parts.emit({ type: 'budgetCrossed', ...crossing });
    }
  }

  /** What is shown of sessions: how the worst of their own budgets stands, and whether the user stopped them. */
  ofSessions(db: Database, roots: readonly number[]) {
    const budgets = this.#inForce(db).filter(({ isPaused }) => !isPaused);
    const standings = sessionStandings(db, budgets, this.#around(), roots);
    const stops = stopsByHand(db);
    return (root: number) => ({
      budget: worstOf(standings.get(root) ?? []),
      stop: stops.get(root) ?? null,
    });
  }

  #overview(): BudgetsOverview {
    const around = this.#around();
    const { budgets, standings } = this.#parts.query<Pick<BudgetsOverview, 'budgets' | 'standings'>>(
      (db) => {
        const inForce = this.#inForce(db);
        const roots = rootsActiveSince(db, around.nowMs - shownMs);
        return { budgets: inForce, standings: standingsOf(db, inForce, around, roots) };
      },
      { budgets: [], standings: [] },
    );
    return { budgets, standings, clock: clockOf(standings, around.nowMs), wrong: this.#wrong, epochs: [] };
  }

  /** Those of the present settings are stored first, in a ledger that was opened anew, too. */
  #inForce(db: Database): readonly Budget[] {
    if (this.#storedIn !== db) {
      for (const { source, budgets } of this.#sources) storeBudgets(db, source, budgets, this.#parts.now());
      this.#storedIn = db;
    }
    return loadBudgets(db);
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
