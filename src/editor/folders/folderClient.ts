/** The folder worker as the editor knows it: started for a count, gone some minutes after the last question. */

import { type Disposable, EventEmitter, type LogOutputChannel } from 'vscode';
import { systemClock, type Thread, WorkerClient } from '../../workers/client.ts';
import type {
  CountedFor,
  CountedRoot,
  FolderEvent,
  FolderPage,
  FolderRequests,
  FolderSummary,
} from '../../workers/folderProtocol.ts';
import type { UserPrices } from '../../workers/priceSources.ts';
import { Lifetime } from '../lifetime.ts';

/** The vocabulary and the tree take tens of megabytes; with the cache another count takes moments. */
const idleMs = 5 * 60_000;
/** A worker that does not end its count within so long waits for a disk that does not answer, and is ended itself. */
const stopMs = 2_000;

export class FolderClient implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #progressed = this.#lifetime.add(new EventEmitter<FolderSummary>());
  readonly #client: WorkerClient<FolderRequests, FolderEvent>;
  readonly onDidProgress = this.#progressed.event;

  constructor(start: () => Thread, log: LogOutputChannel) {
    this.#client = this.#lifetime.add(
      new WorkerClient<FolderRequests, FolderEvent>({
        start,
        idleMs,
        // A count may take long.
        answerMs: null,
        clock: systemClock,
        onEvent: ({ summary }) => this.#progressed.fire(summary),
        onStop: () => {},
        onCrash: ({ message }, restartInMs) =>
          log.error(`The count of folders ended: ${message}. It can start again in ${restartInMs / 1000} s.`),
        onRecovery: () => {},
      }),
    );
  }

  count(roots: readonly CountedRoot[], countedFor: CountedFor): Promise<FolderSummary> {
    return this.#client.call('count', { roots, ...countedFor });
  }

  async stop(): Promise<void> {
    const cancel = systemClock.later(stopMs, () => this.#client.stop());
    try {
      await this.#client.call('stop', null);
    } finally {
      cancel();
    }
  }

  useModel(countedFor: CountedFor): Promise<FolderSummary | null> {
    return this.#client.call('useModel', countedFor);
  }

  /** A worker that is not there starts with the prices of its time. */
  async usePrices(prices: UserPrices): Promise<void> {
    if (this.#client.isRunning) await this.#client.call('usePrices', prices);
  }

  children(folder: string | null, limit: number): Promise<FolderPage | null> {
    return this.#client.call('children', { folder, limit });
  }

  dispose(): void {
    this.#lifetime.dispose();
  }
}
