/** How all budgets stand, kept up to date while somebody may look: by what changes, and once a minute as time passes. */

import { type Disposable, EventEmitter, type LogOutputChannel, window } from 'vscode';
import type { BudgetsOverview } from '../../workers/budgetProtocol.ts';
import { Delay, Lifetime } from '../lifetime.ts';
import type { LedgerClient } from '../sessions/ledgerClient.ts';
import { SingleFlight } from '../singleFlight.ts';

const whileWatchedMs = 500;
/** Only the status bar shows it: it may be a little late. */
const whileHiddenMs = 3_000;
const minuteMs = 60_000;

export class BudgetFeed implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #loaded = this.#lifetime.add(new EventEmitter<BudgetsOverview>());
  readonly #flight = new SingleFlight(() => this.#load());
  readonly #soon = this.#lifetime.add(new Delay(() => void this.refresh()));
  readonly #ticking = this.#lifetime.add(new Delay(() => void this.refresh()));
  readonly #ledger: LedgerClient;
  readonly #log: LogOutputChannel;
  #isWatched = false;
  #isStale = true;
  #overview: BudgetsOverview | undefined;
  readonly onDidLoad = this.#loaded.event;

  constructor(ledger: LedgerClient, log: LogOutputChannel) {
    this.#ledger = ledger;
    this.#log = log;
    this.#lifetime.add(ledger.onDidChange(() => this.#noteChange()));
    this.#lifetime.add(window.onDidChangeWindowState(({ focused }) => this.#noteFocus(focused)));
  }

  /** What was loaded last; `undefined` before the first time. */
  get overview(): BudgetsOverview | undefined {
    return this.#overview;
  }

  /** Whether the view is open, so that it must be prompt. */
  setWatched(isWatched: boolean): void {
    this.#isWatched = isWatched;
    if (isWatched) void this.refresh();
  }

  refresh(): Promise<void> {
    this.#soon.cancel();
    return this.#flight.run();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  /** What changes while nobody looks at the window is loaded when somebody does. */
  #noteChange(): void {
    this.#isStale = true;
    if (window.state.focused) this.#soon.startUnlessRunning(this.#isWatched ? whileWatchedMs : whileHiddenMs);
  }

  #noteFocus(isFocused: boolean): void {
    if (!isFocused) this.#ticking.cancel();
    else if (this.#isStale) void this.refresh();
    else this.#ticking.startUnlessRunning(minuteMs);
  }

  async #load(): Promise<void> {
    try {
      this.#isStale = false;
      const overview = await this.#ledger.budgets();
      this.#overview = overview;
      this.#loaded.fire(overview);
    } catch (error) {
      this.#isStale = true;
      this.#log.debug(`No budgets: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (window.state.focused && this.#overview?.budgets.length) this.#ticking.restart(minuteMs);
  }
}
