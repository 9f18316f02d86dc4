/** The newest sessions and today's totals of one ledger, kept up to date. */

import { type Disposable, EventEmitter, type LogOutputChannel } from 'vscode';
import type { TotalsByAccount } from '../../domain/account.ts';
import type { SessionsPage } from '../../workers/ledgerProtocol.ts';
import { Delay, Lifetime } from '../lifetime.ts';
import { SingleFlight } from '../singleFlight.ts';
import type { LedgerClient } from './ledgerClient.ts';

export interface Sight {
  readonly page: SessionsPage;
  readonly today: TotalsByAccount;
}

const pageLength = 200;
const whileWatchedMs = 150;
/** Nobody looks at the view: its badge and the model in use may be a little late. */
const whileHiddenMs = 5_000;

export class SessionFeed implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #loaded = this.#lifetime.add(new EventEmitter<Sight>());
  readonly #flight = new SingleFlight(() => this.#load());
  readonly #soon = this.#lifetime.add(new Delay(() => void this.refresh()));
  readonly #ledger: LedgerClient;
  readonly #log: LogOutputChannel;
  readonly #adjust: (page: SessionsPage) => SessionsPage;
  #isWatched = false;
  #limit = pageLength;
  #sight: Sight | undefined;
  readonly onDidLoad = this.#loaded.event;

  /** @param adjust changes each page before it is seen */
  constructor(
    ledger: LedgerClient,
    log: LogOutputChannel,
    adjust: (page: SessionsPage) => SessionsPage = (page) => page,
  ) {
    this.#ledger = ledger;
    this.#adjust = adjust;
    this.#log = log;
    this.#lifetime.add(
      ledger.onDidChange(() =>
        this.#soon.startUnlessRunning(this.#isWatched ? whileWatchedMs : whileHiddenMs),
      ),
    );
  }

  /** What was loaded last; `undefined` before the first time. */
  get sight(): Sight | undefined {
    return this.#sight;
  }

  /** Whether somebody looks at what is loaded, so that it must be prompt. */
  setWatched(isWatched: boolean): void {
    this.#isWatched = isWatched;
    if (isWatched) void this.refresh();
  }

  showOlder(): Promise<void> {
    this.#limit += pageLength;
    return this.refresh();
  }

  refresh(): Promise<void> {
    this.#soon.cancel();
    return this.#flight.run();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  async #load(): Promise<void> {
    try {
      const [page, today] = await Promise.all([
        this.#ledger.sessions(this.#limit),
        this.#ledger.totals('day'),
      ]);
      this.#sight = { page: this.#adjust(page), today };
      this.#loaded.fire(this.#sight);
    } catch (error) {
      this.#log.debug(`No sessions: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
