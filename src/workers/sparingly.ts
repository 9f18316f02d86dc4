/** Does something again and again, but for no more than a share of the time. */

import { performance } from 'node:perf_hooks';

export class Sparingly {
  readonly #rest: number;
  #restUntilMs = 0;
  #later: NodeJS.Timeout | undefined;

  /** @param rest how many times as long as the work took nothing is done after it; 0 for no rest */
  constructor(rest: number) {
    this.#rest = rest;
  }

  /** Does it now; where it was done just before, once after the rest, in place of what was to be done then. */
  do(work: () => void): void {
    clearTimeout(this.#later);
    const waitMs = this.#restUntilMs - performance.now();
    if (waitMs > 0) this.#later = setTimeout(() => this.#do(work), waitMs).unref();
    else this.#do(work);
  }

  /** Forgets what was to be done, and the rest with it. */
  stop(): void {
    clearTimeout(this.#later);
    this.#restUntilMs = 0;
  }

  #do(work: () => void): void {
    const startMs = performance.now();
    try {
      work();
    } finally {
      const endMs = performance.now();
      this.#restUntilMs = endMs + this.#rest * (endMs - startMs);
    }
  }
}
