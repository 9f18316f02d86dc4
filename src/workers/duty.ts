/** Does something whenever it is asked for, as long as that takes no more than a share of the time. */

export interface DutyParts {
  /** Above 0 and at most 1. */
  readonly share: number;
  /** In milliseconds that never go back. */
  clock(): number;
  action(): void;
  /** Told what the action threw when nobody was there to catch it. */
  onLateError(error: unknown): void;
}

export class Duty {
  readonly #parts: DutyParts;
  #freeAtMs = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: DutyParts) {
    this.#parts = parts;
  }

  /** Does it now, or once as soon as its share allows. @throws what the action throws now */
  request(): void {
    if (this.#timer !== undefined) return;
    const waitMs = this.#freeAtMs - this.#parts.clock();
    if (waitMs <= 0) this.#run();
    else this.#timer = setTimeout(() => this.#runLate(), waitMs).unref();
  }

  /** Drops what was asked for. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #runLate(): void {
    this.#timer = undefined;
    try {
      this.#run();
    } catch (error) {
      this.#parts.onLateError(error);
    }
  }

  #run(): void {
    const { share, clock, action } = this.#parts;
    const startMs = clock();
    try {
      action();
    } finally {
      const endMs = clock();
      this.#freeAtMs = endMs + (endMs - startMs) * (1 / share - 1);
    }
  }
}
