/** A thread that reads logs, started before it is known to be wanted: it takes its time to start. */

import type { SideReader } from '../ledger/sideReader.ts';

export class EarlyReader {
  readonly #start: () => SideReader;
  #early: SideReader | undefined;

  constructor(start: () => SideReader) {
    this.#start = start;
  }

  /** Starts one for whoever asks first. */
  startNow(): void {
    this.#early ??= this.#start();
  }

  /** The one that was started, or else a new one. */
  take(): SideReader {
    const taken = this.#early ?? this.#start();
    this.#early = undefined;
    return taken;
  }

  /** Ends one that nobody has asked for. */
  close(): void {
    this.#early?.close();
    this.#early = undefined;
  }
}
