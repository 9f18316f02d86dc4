/**
 * Keeps estimates calibrated: has the estimator look through logs that grew while somebody works with estimates, has
 * the ledger keep what was found for all windows, and hands the estimator all that is known.
 */

import type { Disposable, LogOutputChannel } from 'vscode';
import type { Variance } from '../../domain/variance.ts';
import type { RecentLog } from '../../ledger/recentLogs.ts';
import { Delay, Lifetime } from '../lifetime.ts';
import type { LedgerClient } from '../sessions/ledgerClient.ts';
import { SingleFlight } from '../singleFlight.ts';
import type { Estimator } from './estimator.ts';

/** After an estimate, so that the next keystrokes do not wait. */
const restMs = 2_000;
/** Logs of running agents grow all the time. */
const pauseMs = 30_000;

export interface CalibratorParts {
  readonly ledger: LedgerClient;
  readonly estimator: Estimator;
  readonly log: LogOutputChannel;
}

export class Calibrator implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #parts: CalibratorParts;
  readonly #flight = new SingleFlight(() => this.#calibrate());
  readonly #soon = this.#lifetime.add(new Delay(() => void this.#flight.run()));
  /** Size of each log when it was last looked through. */
  readonly #sizes = new Map<string, number>();
  #isDue = true;
  #hasRecalled = false;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(parts: CalibratorParts) {
    this.#parts = parts;
    this.#lifetime.add(
      parts.ledger.onDidChange(() => {
        this.#isDue = true;
        this.#recall();
      }),
    );
    this.#lifetime.add(parts.estimator.onDidEstimate(() => this.#considerSoon()));
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  /** What is known from before holds from the first estimate on. */
  #recall(): void {
    if (this.#hasRecalled) return;
    this.#hasRecalled = true;
    void this.#learn([]);
  }

  /** Takes in what the model's own tokenizer said. */
  learn(variance: Variance): Promise<void> {
    return this.#learn([variance]);
  }

  async #learn(found: readonly Variance[]): Promise<void> {
    const { ledger, estimator, log } = this.#parts;
    try {
      estimator.calibrate(await ledger.learn(found));
    } catch (error) {
      log.debug(`Not calibrated: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #considerSoon(): void {
    if (this.#isDue && Date.now() - this.#lastMs >= pauseMs) this.#soon.startUnlessRunning(restMs);
  }

  async #calibrate(): Promise<void> {
    const { ledger, estimator, log } = this.#parts;
    this.#isDue = false;
    this.#lastMs = Date.now();
    try {
      const grown = (await ledger.recentLogs()).filter(({ path, size }) => this.#sizes.get(path) !== size);
      const found: Variance[] = [];
      for (const recent of grown) found.push(...(await this.#lookThrough(recent)));
      estimator.calibrate(await ledger.learn(found));
      log.debug(`Looked through ${grown.length} logs and met ${found.length} variances.`);
    } catch (error) {
      log.debug(`No calibration: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async #lookThrough({ agent, path, size }: RecentLog): Promise<readonly Variance[]> {
    // One log that cannot be looked through must not come up again before it has grown.
    this.#sizes.set(path, size);
    return this.#parts.estimator.findVariances({ agent, path });
  }
}
