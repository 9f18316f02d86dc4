/** What is asked of the ledger and shown. */

import { noTotalsByAccount, type TotalsByAccount } from '../domain/account.ts';
import type { Outlook } from '../domain/outlook.ts';
import { type PeriodUnit, periodAt } from '../domain/period.ts';
import type { Variance } from '../domain/variance.ts';
import { totalsByAccount } from '../ledger/accounts.ts';
import type { Database } from '../ledger/database.ts';
import type { Root } from '../ledger/discover.ts';
import { outlookOf } from '../ledger/outlook.ts';
import { latestPlanReadings } from '../ledger/planReadings.ts';
import { type RecentLog, recentLogs } from '../ledger/recentLogs.ts';
import { countRoots, newestRoots } from '../ledger/roots.ts';
import { type Judge, sessionTrees } from '../ledger/sessionTrees.ts';
import { type UnpricedModel, unpricedModels } from '../ledger/unpricedModels.ts';
import { loadVariances, storeVariances } from '../ledger/variances.ts';
import type { BudgetKeeper } from './budgetKeeper.ts';
import type { Handlers } from './channel.ts';
import { unguardedRuns } from './guardWatch.ts';
import type { LedgerParts } from './ledgerParts.ts';
import type {
  LedgerOptions,
  LedgerRequests,
  LedgerSettings,
  OutlookParams,
  SessionsPage,
} from './ledgerProtocol.ts';

/** Estimates are calibrated by what agents did of late. */
const recentMs = 14 * 86_400_000;
const mostRecentLogs = 20;

interface Opened {
  readonly options: LedgerOptions;
  readonly settings: LedgerSettings;
  readonly roots: readonly Root[];
}

export interface QueriedLedger {
  readonly parts: LedgerParts;
  readonly budgets: BudgetKeeper;
  /** The ledger as it is in use now. */
  opened(): Opened;
  /** See `LiveLedger.query`. */
  query<Result>(ask: (db: Database) => Result, nothing: Result): Result;
}

type Queries = 'unpricedModels' | 'priceChoices' | 'sessions' | 'totals' | 'recentLogs' | 'learn' | 'outlook';

export class LedgerQueries {
  readonly #around: QueriedLedger;

  constructor(around: QueriedLedger) {
    this.#around = around;
  }

  handlers(): Pick<Handlers<LedgerRequests>, Queries> {
    const { pricing, now } = this.#around.parts;
    return {
      unpricedModels: () => this.#unpricedModels(),
      priceChoices: ({ model }) => pricing.choicesFor(model, now()),
      sessions: ({ limit }) => this.#sessions(limit),
      totals: ({ unit }) => this.#totals(unit),
      recentLogs: () => this.#recentLogs(),
      learn: ({ found }) => this.#learn(found),
      outlook: (params) => this.#outlook(params),
    };
  }

  #unpricedModels(): readonly UnpricedModel[] {
    return this.#around.query((db) => unpricedModels(db, this.#around.parts.pricing), []);
  }

  #sessions(limit: number): SessionsPage {
    const { accounts } = this.#around.opened().settings;
    return this.#around.query<SessionsPage>(
      (db) => {
        const roots = newestRoots(db, limit);
        return {
          sessions: sessionTrees(db, roots, this.#around.parts.now(), this.#judge(db, roots), accounts),
          totalSessions: countRoots(db),
          plan: latestPlanReadings(db),
        };
      },
      { sessions: [], totalSessions: 0, plan: [] },
    );
  }

  /** What budgets say of each session, and guards. */
  #judge(db: Database, roots: readonly number[]): Judge {
    const { options, settings } = this.#around.opened();
    const { accounts = {} } = settings;
    const budgets = this.#around.budgets.ofSessions(db, roots);
    const around = { nowMs: this.#around.parts.now(), calendar: this.#around.parts.calendar(), accounts };
    const unguarded = unguardedRuns(db, options.dataFolder, around);
    return (root) => ({ ...budgets(root), unguarded: unguarded.get(root) ?? null });
  }

  #totals(unit: PeriodUnit): TotalsByAccount {
    const { accounts = {} } = this.#around.opened().settings;
    const period = periodAt(unit, this.#around.parts.now(), this.#around.parts.calendar());
    return this.#around.query((db) => totalsByAccount(db, period, accounts), noTotalsByAccount);
  }

  #recentLogs(): readonly RecentLog[] {
    const { roots } = this.#around.opened();
    return this.#around.query(
      (db) => recentLogs(db, roots, this.#around.parts.now() - recentMs, mostRecentLogs),
      [],
    );
  }

  #learn(found: readonly Variance[]): readonly Variance[] {
    return this.#around.query((db) => {
      storeVariances(db, found);
      return loadVariances(db);
    }, []);
  }

  #outlook(params: OutlookParams): Outlook {
    const { now, pricing } = this.#around.parts;
    return this.#around.query((db) => outlookOf(db, pricing, { ...params, nowMs: now() }), {
      reply: null,
      session: null,
    });
  }
}
