/** Work of which no two runs overlap: what is asked for during a run is done once more after it. */
export class SingleFlight {
  readonly #work: () => Promise<void>;
  #running: Promise<void> | undefined;
  #isWantedAgain = false;

  /** @param work must not fail: it answers for its own errors */
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
    while (this.#isWantedAgain) {
      this.#isWantedAgain = false;
      await this.#work();
    }
    this.#running = undefined;
  }
}
