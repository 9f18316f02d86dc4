/** Runs an action at most once in an interval, however often it is asked for, and never when it is not. */

export class Coalescer {
  readonly #intervalMs: number;
  readonly #action: () => void;
  #timer: NodeJS.Timeout | undefined;
  #isWanted = false;
  /** In the interval that is under way. */
  #hasRun = false;

  constructor(intervalMs: number, action: () => void) {
    this.#intervalMs = intervalMs;
    this.#action = action;
  }

  /** Runs the action now, or at the end of the interval that began when it ran last. */
  request(): void {
    this.#isWanted = true;
    if (!this.#hasRun) this.#run();
  }

  /** Runs the action at the end of an interval, which begins now if none is under way. */
  requestLater(): void {
    this.#isWanted = true;
    this.#timer ??= this.#wait();
  }

  /** Runs the action now, whenever it ran last. */
  requestNow(): void {
    this.stop();
    this.request();
  }

  /** Drops what was asked for. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isWanted = false;
    this.#hasRun = false;
  }

  #run(): void {
    const isWanted = this.#isWanted;
    this.stop();
    if (!isWanted) return;
    this.#hasRun = true;
    this.#timer = this.#wait();
    this.#action();
  }

  #wait(): NodeJS.Timeout {
    return setTimeout(() => this.#run(), this.#intervalMs);
  }
}
