/** What the editor and the ledger worker say to each other. */

import type { Machine } from '../agents/reader.ts';
import type { AccountChoices, TotalsByAccount } from '../domain/account.ts';
import type { AgentId } from '../domain/agent.ts';
import type { SessionKey } from '../domain/budget.ts';
import type { Outlook } from '../domain/outlook.ts';
import type { PeriodUnit } from '../domain/period.ts';
import type { PlanReading } from '../domain/planReading.ts';
import type { Variance } from '../domain/variance.ts';
import type { RecentLog } from '../ledger/recentLogs.ts';
import type { Repriced } from '../ledger/reprice.ts';
import type { UnpricedModel } from '../ledger/unpricedModels.ts';
import type { LedgerProblem, LogFolder, SessionNode } from '../ledger/views.ts';
import type { BudgetEvent, BudgetRequests, SourceBudgets } from './budgetProtocol.ts';
import type { PriceChoice } from './priceBook.ts';
import type { PriceUpdate } from './priceUpdate.ts';

/** What the ledger worker is started with. */
export interface LedgerWorkerData {
  /** The price catalogue that the build wrote. */
  readonly cataloguePath: string;
  /** The program of the thread that helps to read logs. */
  readonly logReaderPath?: string;
  /** In which the editor writes numbers and times, as a BCP 47 tag. */
  readonly language: string;
  /** Of the extension: its guard's programs are put where agents find them. Absent, they are left as they are. */
  readonly version?: string;
}

export interface LedgerOptions {
  readonly machine: Machine;
  /** Folder of the ledger; `null` keeps it in memory, for sample sessions. */
  readonly dataFolder: string | null;
  /** Folders to read in place of the agents' usual ones. */
  readonly logFolders: Readonly<Partial<Record<AgentId, readonly string[]>>>;
  /** Whether homes of WSL are read from Windows, and the reverse. */
  readonly readsNeighbours?: boolean;
}

export interface LedgerSettings {
  /** The budgets of all settings that this window reads. */
  readonly budgets: readonly SourceBudgets[];
  /** The user's own prices as the setting has them, see `pricing/ownPrices.ts`. */
  readonly prices: Readonly<Record<string, unknown>>;
  /** What the user said of agents' accounts; nothing by default. */
  readonly accounts?: AccountChoices;
}

export type LedgerRequests = BudgetRequests & {
  /** Opens the ledger and begins to read. Answered as soon as the ledger can be asked, before the first scan ends. */
  readonly open: {
    params: { readonly options: LedgerOptions; readonly settings: LedgerSettings };
    reply: LedgerStatus;
  };
  readonly configure: { params: LedgerSettings; reply: null };
  /** Files or folders that a watcher saw change. */
  readonly logsChanged: { params: { readonly paths: readonly string[] }; reply: null };
  /** Looks at every log again, reading only what is new. Answered when done. */
  readonly rescan: { params: null; reply: null };
  /** The sessions last active, newest first, sub-agents below their parents. */
  readonly sessions: { params: { readonly limit: number }; reply: SessionsPage };
  readonly totals: { params: { readonly unit: PeriodUnit }; reply: TotalsByAccount };
  /** Logs that were written to in the last days, the one written last first. */
  readonly recentLogs: { params: null; reply: readonly RecentLog[] };
  /** Stores what was found of the variance of estimates; answers all that is known of it. */
  readonly learn: { params: { readonly found: readonly Variance[] }; reply: readonly Variance[] };
  /** Prices every receipt anew. Answered when done, with `repricing` events on the way. */
  readonly reprice: { params: null; reply: Repriced };
  readonly unpricedModels: { params: null; reply: readonly UnpricedModel[] };
  /** Takes what was downloaded for the price catalogue from now on, if it is one. */
  readonly updatePrices: { params: { readonly json: Uint8Array }; reply: PriceUpdate };
  /** Goes back to the catalogue of the build. */
  readonly useBundledPrices: { params: null; reply: null };
  /** Whether another catalogue than that of the build is in use. */
  readonly hasUpdatedPrices: { params: null; reply: boolean };
  /** All models of the catalogue, the one most like `model` in its name first. */
  readonly priceChoices: { params: { readonly model: string }; reply: readonly PriceChoice[] };
  /** What prompts to a model turned into in a project, or where there is none in all. */
  readonly outlook: { params: OutlookParams; reply: Outlook };
};

export interface OutlookParams {
  /** As the price catalogue names it. */
  readonly model: string;
  readonly projectPath: string | null;
}

export type SessionRef = SessionKey;

export interface SessionsPage {
  readonly sessions: readonly SessionNode[];
  /** All sessions in the ledger that are no sub-agents. */
  readonly totalSessions: number;
  /** The last that agents reported of each window of their plans, newest first. */
  readonly plan: readonly PlanReading[];
}

export type LedgerEvent =
  | { readonly type: 'changed' }
  | { readonly type: 'status'; readonly status: LedgerStatus }
  /** How far it has come, from 0 to 1. */
  | { readonly type: 'repricing'; readonly share: number }
  | BudgetEvent;

export interface LedgerStatus {
  /** `waiting`: another window reads the logs, this one shows what it writes. */
  readonly phase: 'scanning' | 'ready' | 'waiting' | 'unavailable';
  /** Set while logs are read for the first time or after a long pause. */
  readonly progress?: { readonly filesDone: number; readonly filesTotal: number };
  readonly problems: readonly LedgerProblem[];
  readonly folders: readonly LogFolder[];
}
