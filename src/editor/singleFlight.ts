/** Work of which no two runs overlap: what is asked for during a run is done once more after it. */
export class SingleFlight {
  readonly #work: () => Promise<void>;
  #running: Promise<void> | undefined;
  #isWantedAgain = false;

  /** @param work should answer for its own errors: one that it throws goes to whoever waits, and ends the run */
  constructor(work: () => Promise<void>) {
    this.#work = work;
  }

  /** Resolves when a run that began after this call is over. */
  run(): Promise<void> {
    this.#isWantedAgain = true;
    this.#running ??= this.#runWhileWanted();
    return this.#running;
  }

  async #runWhileWanted(): Promise<void> {
    try {
      while (this.#isWantedAgain) {
        this.#isWantedAgain = false;
        await this.#work();
      }
    } finally {
      this.#running = undefined;
    }
  }
}
