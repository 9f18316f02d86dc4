/** Owning what must be disposed. */

import type { Disposable } from 'vscode';

/** A set of things to dispose together. What is added after the end is disposed at once. */
export class Lifetime implements Disposable {
  readonly #owned = new Set<Disposable>();
  #isOver = false;

  add<Thing extends Disposable>(thing: Thing): Thing {
    if (this.#isOver) thing.dispose();
    else this.#owned.add(thing);
    return thing;
  }

  dispose(): void {
    this.#isOver = true;
    for (const thing of [...this.#owned].reverse()) thing.dispose();
    this.#owned.clear();
  }
}

/** Holds one thing at a time: a new one disposes the one before. */
export class Slot implements Disposable {
  #held: Disposable | undefined;

  hold(thing: Disposable): void {
    this.#held?.dispose();
    this.#held = thing;
  }

  dispose(): void {
    this.#held?.dispose();
    this.#held = undefined;
  }
}

/** Calls back once after a delay, counted anew from each {@link Delay.restart}. */
export class Delay implements Disposable {
  readonly #callback: () => void;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(callback: () => void) {
    this.#callback = callback;
  }

  restart(delayMs: number): void {
    this.cancel();
    if (this.#isOver) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#callback();
    }, delayMs);
  }

  /** Like {@link restart}, but leaves a delay that is running as it is. */
  startUnlessRunning(delayMs: number): void {
    if (this.#timer === undefined) this.restart(delayMs);
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  dispose(): void {
    this.#isOver = true;
    this.cancel();
  }
}

/** Goes through steps of work with a turn of the event loop between them, until it is disposed. */
export function inTurns(steps: Iterator<unknown>): Disposable {
  let next: NodeJS.Immediate | undefined;
  const take = () => {
    next = steps.next().done === true ? undefined : setImmediate(take);
  };
  next = setImmediate(take);
  return { dispose: () => clearImmediate(next) };
}
