/**
 * The editor's end of a worker: started on the first request, retired when it has been idle for a while, and started
 * again after a crash, each time later than the last.
 */

import { Caller, type Port, type RequestTable } from './channel.ts';

/** The part of a `Worker` of `worker_threads` that a client needs. */
export interface Thread extends Port {
  on(event: 'message', listener: Parameters<Port['on']>[1]): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  terminate(): Promise<unknown>;
}

export interface Clock {
  now(): number;
  /** Calls back once, later; returns what calls it off. */
  later(delayMs: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: Date.now,
  later(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

export interface ClientOptions<Event> {
  readonly start: () => Thread;
  /** How long a worker may have nothing to do before it is ended; `null` keeps it. */
  readonly idleMs: number | null;
  /** A worker that has not answered a request for so long is taken for crashed; `null` waits for ever. */
  readonly answerMs: number | null;
  readonly clock: Clock;
  onEvent(event: Event): void;
  /** The worker is gone, and with it all that it remembered: by itself or by {@link WorkerClient.stop}. */
  onStop(): void;
  /** It ended without being asked to. Until `onRecovery` every request fails at once. */
  onCrash(error: Error, restartInMs: number): void;
  /** The pause after a crash is over: the next request starts the worker again. */
  onRecovery(): void;
}

/** After the host's thread stood still, its timers are due before the messages that wait for it are read. */
const lateMs = 100;
const firstPauseMs = 1_000;
const longestPauseMs = 300_000;
/** A worker that lived this long was sound: its crash does not add to the crashes before. */
const soundAfterMs = 60_000;

interface Run<Requests extends RequestTable, Event> {
  readonly thread: Thread;
  readonly caller: Caller<Requests, Event>;
  readonly startedMs: number;
}

export class WorkerClient<Requests extends RequestTable, Event> {
  readonly #options: ClientOptions<Event>;
  #run: Run<Requests, Event> | undefined;
  #pending = 0;
  #crashes = 0;
  #isDisposed = false;
  #cancelIdle: (() => void) | undefined;
  #cancelPause: (() => void) | undefined;

  constructor(options: ClientOptions<Event>) {
    this.#options = options;
  }

  async call<Name extends keyof Requests & string>(
    name: Name,
    params: Requests[Name]['params'],
  ): Promise<Requests[Name]['reply']> {
    if (this.#isDisposed || this.#cancelPause) throw new Error('the worker is not running');
    this.#cancelIdle?.();
    this.#pending += 1;
    const run = this.#running();
    const callOff = this.#expectAnswer(run, name);
    try {
      return await run.caller.call(name, params);
    } finally {
      callOff();
      this.#pending -= 1;
      if (this.#pending === 0) this.#retireLater();
    }
  }

  /** Starts the worker unless it runs, which takes milliseconds that a caller may want to spend in a turn of their own. */
  start(): void {
    if (!this.#isDisposed && !this.#cancelPause) this.#running();
  }

  get isRunning(): boolean {
    return this.#run !== undefined;
  }

  /** Ends the worker; the next request starts another. */
  stop(): void {
    const run = this.#run;
    if (run === undefined) return;
    this.#forget(run, new Error('the worker was stopped'));
    void run.thread.terminate();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#cancelPause?.();
    this.stop();
  }

  #running(): Run<Requests, Event> {
    if (this.#run) return this.#run;
    const thread = this.#options.start();
    const caller = new Caller<Requests, Event>(thread, (event) => {
      if (this.#run === run) this.#options.onEvent(event);
    });
    const run = { thread, caller, startedMs: this.#options.clock.now() };
    thread.on('error', (error) => this.#crashed(run, error));
    thread.on('exit', (code) => this.#crashed(run, new Error(`the worker ended with code ${code}`)));
    this.#run = run;
    return run;
  }

  /** @returns what calls the waiting off */
  #expectAnswer(run: Run<Requests, Event>, name: string): () => void {
    const { clock, answerMs } = this.#options;
    if (answerMs === null) return () => {};
    const giveUp = () => {
      const ageS = Math.round((clock.now() - run.startedMs) / 1000);
      const limit = `within ${answerMs / 1000} s, ${ageS} s after its start`;
      this.#crashed(run, new Error(`it did not answer "${name}" ${limit}`));
      void run.thread.terminate();
    };
    let callOff = clock.later(answerMs, () => {
      callOff = clock.later(lateMs, giveUp);
    });
    return () => callOff();
  }

  #crashed(run: Run<Requests, Event>, error: Error): void {
    if (this.#run !== run) return;
    const { clock } = this.#options;
    if (clock.now() - run.startedMs >= soundAfterMs) this.#crashes = 0;
    const pauseMs = Math.min(firstPauseMs * 2 ** this.#crashes, longestPauseMs);
    this.#crashes += 1;
    this.#cancelPause = clock.later(pauseMs, () => {
      this.#cancelPause = undefined;
      this.#options.onRecovery();
    });
    this.#forget(run, error);
    this.#options.onCrash(error, pauseMs);
  }

  #forget(run: Run<Requests, Event>, reason: Error): void {
    this.#run = undefined;
    this.#cancelIdle?.();
    run.caller.abandon(reason);
    this.#options.onStop();
  }

  #retireLater(): void {
    this.#cancelIdle?.();
    const { idleMs, clock } = this.#options;
    if (idleMs !== null && this.#run) this.#cancelIdle = clock.later(idleMs, () => this.stop());
  }
}
