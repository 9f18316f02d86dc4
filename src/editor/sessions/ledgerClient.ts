/** A ledger worker as the editor knows it: opened once, asked often, opened again after a crash. */

import { type Disposable, EventEmitter, type LogOutputChannel } from 'vscode';
import type { Suggestion } from '../../budgets/suggestion.ts';
import type { TotalsByAccount } from '../../domain/account.ts';
import type { Amount } from '../../domain/budget.ts';
import type { Outlook } from '../../domain/outlook.ts';
import type { PeriodUnit } from '../../domain/period.ts';
import type { Variance } from '../../domain/variance.ts';
import type { RecentLog } from '../../ledger/recentLogs.ts';
import type { Repriced } from '../../ledger/reprice.ts';
import type { UnpricedModel } from '../../ledger/unpricedModels.ts';
import type { BudgetEvent, BudgetRequests, BudgetsOverview } from '../../workers/budgetProtocol.ts';
import { systemClock, type Thread, WorkerClient } from '../../workers/client.ts';
import type {
  LedgerEvent,
  LedgerOptions,
  LedgerRequests,
  LedgerSettings,
  LedgerStatus,
  OutlookParams,
  SessionRef,
  SessionsPage,
} from '../../workers/ledgerProtocol.ts';
import type { PriceChoice } from '../../workers/priceBook.ts';
import type { PriceUpdate } from '../../workers/priceUpdate.ts';
import { Lifetime } from '../lifetime.ts';

type BudgetParams<Name extends keyof BudgetRequests> = BudgetRequests[Name]['params'];

export class LedgerClient implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #changed = this.#lifetime.add(new EventEmitter<void>());
  readonly #statusChanged = this.#lifetime.add(new EventEmitter<LedgerStatus>());
  readonly #budgetTold = this.#lifetime.add(new EventEmitter<BudgetEvent>());
  readonly #repricing = this.#lifetime.add(new EventEmitter<number>());
  readonly #client: WorkerClient<LedgerRequests, LedgerEvent>;
  readonly #log: LogOutputChannel;
  #request: LedgerRequests['open']['params'] | undefined;
  #opening: Promise<unknown> = Promise.reject(new Error('the ledger is not open'));
  #status: LedgerStatus = { phase: 'scanning', problems: [], folders: [] };

  /** Receipts or sessions are not what they were. */
  readonly onDidChange = this.#changed.event;
  readonly onDidChangeStatus = this.#statusChanged.event;
  /** Something about budgets is to be told: each is told to one window alone. */
  readonly onDidTellOfBudget = this.#budgetTold.event;
  /** How far {@link reprice} has come, from 0 to 1. */
  readonly onDidRepriceSome = this.#repricing.event;

  constructor(start: () => Thread, log: LogOutputChannel) {
    this.#log = log;
    this.#opening.catch(() => {});
    this.#client = this.#lifetime.add(
      new WorkerClient<LedgerRequests, LedgerEvent>({
        start,
        idleMs: null,
        // A look at every log may take long.
        answerMs: null,
        clock: systemClock,
        onEvent: (event) => this.#take(event),
        onStop: () => {},
        onCrash: (error, restartInMs) => this.#rest(error, restartInMs),
        onRecovery: () => this.#openAgain(),
      }),
    );
  }

  get status(): LedgerStatus {
    return this.#status;
  }

  /** Opens a ledger, in place of the one that was open before. */
  open(options: LedgerOptions, settings: LedgerSettings): void {
    this.#client.stop();
    this.#request = { options, settings };
    this.#openAgain();
  }

  /** @param changed what is no longer as it was */
  async configure(changed: Partial<LedgerSettings>): Promise<void> {
    if (this.#request === undefined) return;
    const settings = { ...this.#request.settings, ...changed };
    this.#request = { ...this.#request, settings };
    await this.#call('configure', settings);
  }

  async logsChanged(paths: readonly string[]): Promise<void> {
    await this.#call('logsChanged', { paths });
  }

  async rescan(): Promise<void> {
    await this.#call('rescan', null);
  }

  sessions(limit: number): Promise<SessionsPage> {
    return this.#call('sessions', { limit });
  }

  totals(unit: PeriodUnit): Promise<TotalsByAccount> {
    return this.#call('totals', { unit });
  }

  /** How all budgets stand. */
  budgets(): Promise<BudgetsOverview> {
    return this.#call('budgets', null);
  }

  /** What the user's own past would make the limit of such a budget; `null` where it is too short. */
  suggestLimit(shape: BudgetParams<'suggestLimit'>): Promise<Suggestion | null> {
    return this.#call('suggestLimit', shape);
  }

  async snooze(snooze: BudgetParams<'snooze'>): Promise<void> {
    await this.#call('snooze', snooze);
  }

  /** @returns how many budgets had something to reset */
  async resetBudget(query: BudgetParams<'resetBudget'>): Promise<number> {
    return (await this.#call('resetBudget', query)).reset;
  }

  /** @returns what may be spent then; `null` where there is no such budget to raise */
  raiseBudget(raise: BudgetParams<'raiseBudget'>): Promise<Amount | null> {
    return this.#call('raiseBudget', raise);
  }

  /** @returns whether the ledger knows the session */
  stopSession(session: SessionRef): Promise<boolean> {
    return this.#call('stopSession', { session });
  }

  /** @returns how many stops it ended and budgets it raised */
  async releaseSession(session: SessionRef): Promise<number> {
    return (await this.#call('releaseSession', { session })).released;
  }

  /** Prices every receipt anew. */
  reprice(): Promise<Repriced> {
    return this.#call('reprice', null);
  }

  unpricedModels(): Promise<readonly UnpricedModel[]> {
    return this.#call('unpricedModels', null);
  }

  /** @param json as it was downloaded */
  updatePrices(json: Uint8Array): Promise<PriceUpdate> {
    return this.#call('updatePrices', { json });
  }

  async useBundledPrices(): Promise<void> {
    await this.#call('useBundledPrices', null);
  }

  /** Whether a downloaded catalogue is in use. */
  hasUpdatedPrices(): Promise<boolean> {
    return this.#call('hasUpdatedPrices', null);
  }

  /** @param model as logged: those most like it come first */
  priceChoices(model: string): Promise<readonly PriceChoice[]> {
    return this.#call('priceChoices', { model });
  }

  recentLogs(): Promise<readonly RecentLog[]> {
    return this.#call('recentLogs', null);
  }

  /** Stores what was found; answers all that is known. */
  learn(found: readonly Variance[]): Promise<readonly Variance[]> {
    return this.#call('learn', { found });
  }

  outlook(params: OutlookParams): Promise<Outlook> {
    return this.#call('outlook', params);
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  async #call<Name extends keyof LedgerRequests>(
    name: Name,
    params: LedgerRequests[Name]['params'],
  ): Promise<LedgerRequests[Name]['reply']> {
    await this.#opening;
    return this.#client.call(name, params);
  }

  #openAgain(): void {
    if (this.#request === undefined) return;
    const opening = this.#client.call('open', this.#request).then((status) => {
      this.#setStatus(status);
      this.#changed.fire();
    });
    opening.catch((error: Error) => {
      this.#log.error(`The ledger did not open: ${error.message}`);
      this.#setUnavailable();
    });
    this.#opening = opening;
  }

  #take(event: LedgerEvent): void {
    if (event.type === 'changed') this.#changed.fire();
    else if (event.type === 'status') this.#setStatus(event.status);
    else if (event.type === 'repricing') this.#repricing.fire(event.share);
    else this.#budgetTold.fire(event);
  }

  #rest({ message }: Error, restartInMs: number): void {
    this.#log.error(`The ledger ended: ${message}. It starts again in ${restartInMs / 1000} s.`);
    this.#setUnavailable();
  }

  #setUnavailable(): void {
    this.#setStatus({ phase: 'unavailable', problems: [], folders: this.#status.folders });
  }

  #setStatus(status: LedgerStatus): void {
    this.#status = status;
    this.#statusChanged.fire(status);
  }
}
