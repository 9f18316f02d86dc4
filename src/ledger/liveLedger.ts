/**
 * A ledger in use: opened as far as its folder allows, fed from the logs when this process is the scanner, followed
 * when another is, repaired when the database turns out to be damaged, and opened anew when it was taken away.
 */

import { join } from 'node:path';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { faultOf, type Sqlite } from '../storage/sqlite.ts';
import { type Database, NewerLedgerError } from './database.ts';
import type { Root } from './discover.ts';
import { FolderWatch } from './folderWatch.ts';
import { sumHours } from './hourly.ts';
import { ledgerFile } from './moveAside.ts';
import { type OpenedLedger, openLedger, reopenRebuilt } from './openLedger.ts';
import type { Pricing } from './pricing.ts';
import { isTried, type Repriced, type RepriceScope, Repricing } from './reprice.ts';
import { Scanner } from './scanner.ts';
import { ScannerLock } from './scannerLock.ts';
import type { SideReader } from './sideReader.ts';
import type { LedgerProblem } from './views.ts';

export interface LiveLedgerOptions {
  readonly sqlite: Sqlite;
  /** `null` keeps the ledger in memory. */
  readonly folder: string | null;
  readonly roots: readonly Root[];
  readonly pricing: Pricing;
  /** See `ScannerParts`. */
  readonly startSideReader?: (() => SideReader) | undefined;
  /** Something may have changed that a query shows. */
  onChanged(): void;
  /** Phase, progress or problems changed. */
  onStatus(): void;
  /** A scan has ended: no receipt waits to be credited to another session. */
  onSettled(db: Database): void;
}

/** How long to wait before trying again what another process's lock kept from being stored. */
const retryMs = 3_000;
/** For so long after a scan this thread is left to those who ask what it has brought. */
const answeringMs = 100;

export type Phase = 'scanning' | 'ready' | 'waiting' | 'unavailable';

export class LiveLedger {
  readonly #options: LiveLedgerOptions;
  #roots: readonly Root[];
  readonly #problems = new Map<LedgerProblem['kind'], LedgerProblem>();
  #opened: OpenedLedger = { role: 'reader', db: null };
  #scanner: Scanner | undefined;
  #watch: FolderWatch | undefined;
  #progress: Progress | undefined;
  #wholeScans = 0;
  /** Something that was read could not be stored: the next look must be at every log. */
  #isBehind = false;
  #retry: NodeJS.Timeout | undefined;
  #repricing: Promise<unknown> = Promise.resolve();
  /** The prices that this process has tried all receipts of the ledger with. */
  #triedPrices: string | undefined;

  constructor(options: LiveLedgerOptions) {
    this.#options = options;
    this.#roots = options.roots;
    this.#openAnew();
  }

  get db(): Database | null {
    return this.#opened.role === 'none' ? null : this.#opened.db;
  }

  get phase(): Phase {
    if (this.#opened.role === 'none') return 'unavailable';
    if (this.#opened.role === 'reader') return 'waiting';
    return this.#wholeScans > 0 || this.#retry !== undefined ? 'scanning' : 'ready';
  }

  /** How far a look at every log has come. */
  get progress(): Progress | undefined {
    return this.#wholeScans > 0 ? this.#progress : undefined;
  }

  get problems(): readonly LedgerProblem[] {
    return [...this.#problems.values()];
  }

  /** Looks at every log; tries first for a better ledger than the present one. Resolves when done. */
  async scanAll(): Promise<void> {
    this.#improve();
    await this.#scanWhole();
  }

  /** Looks below these folders from now on; what is new below them is read with the next look there. */
  useRoots(roots: readonly Root[]): void {
    this.#roots = roots;
    this.#scanner?.useRoots(roots);
  }

  /** Looks at what a watcher saw change. */
  async look(paths: readonly string[]): Promise<void> {
    if (this.#improve() || this.#isBehind) await this.#scanWhole();
    else await this.#scan((scanner) => scanner.look(paths));
  }

  /**
   * Prices stored receipts again, one call after the other, in slices between which all else goes on.
   *
   * @param onSlice is told how far it has come, from 0 to 1
   */
  reprice(scope: RepriceScope, onSlice: (share: number) => void = () => {}): Promise<Repriced> {
    const turn = this.#repricing.then(() => this.#reprice(scope, onSlice));
    this.#repricing = turn.catch(() => undefined);
    return turn;
  }

  /** To be called when prices have changed, in whatever role. */
  async repriceStale(): Promise<void> {
    const { version } = this.#options.pricing;
    const { db } = this;
    try {
      await this.reprice('stale');
      if (this.db === db) this.#triedPrices = version;
    } catch (error) {
      this.#recover(error);
    }
  }

  /**
   * Asks the database. One that turns out to be damaged is repaired and asked again; while there is none the answer is
   * `nothing`.
   */
  query<Result>(ask: (db: Database) => Result, nothing: Result): Result {
    const { db } = this;
    if (db === null) return nothing;
    try {
      return ask(db);
    } catch (error) {
      if (faultOf(error) !== 'damaged') throw error;
      this.#repair();
      return this.db === null ? nothing : ask(this.db);
    }
  }

  close(): void {
    this.#stopRetrying();
    this.#watch?.close();
    this.db?.close();
    if (this.#opened.role === 'scanner') this.#opened.lock?.release();
    this.#adopt({ role: 'reader', db: null });
  }

  #openAnew(held?: ScannerLock): void {
    const { sqlite, folder, pricing } = this.#options;
    this.#use(openLedger(sqlite, folder, pricing, held));
  }

  #use(opened: OpenedLedger): void {
    const { folder } = this.#options;
    this.#watch?.close();
    if (folder !== null) this.#watch = new FolderWatch(folder, () => this.#onTouched());
    this.#adopt(opened);
  }

  #adopt(opened: OpenedLedger): void {
    this.#opened = opened;
    this.#triedPrices = undefined;
    this.#scanner = opened.role === 'scanner' ? this.#startScanner(opened.db) : undefined;
    if ('problem' in opened && opened.problem) this.#report(opened.problem);
    else this.#options.onStatus();
  }

  #startScanner(db: Database): Scanner {
    const { sqlite, pricing, startSideReader, onChanged, onStatus } = this.#options;
    const onProgress = (filesDone: number, filesTotal: number) => {
      this.#progress = { filesDone, filesTotal };
      onStatus();
    };
    const listener = { onStored: onChanged, onProgress };
    return new Scanner({ sqlite, db, roots: this.#roots, pricing, listener, startSideReader });
  }

  #reopen(held?: ScannerLock): void {
    this.close();
    this.#openAnew(held);
    this.#options.onChanged();
  }

  /** Whether the ledger is in memory only because its folder could not be used. */
  get #isStandIn(): boolean {
    return this.#options.folder !== null && isInMemory(this.#opened);
  }

  /** Whether the file of the ledger is gone, or is another by now. */
  get #isLost(): boolean {
    return this.#opened.role !== 'none' && !this.#isStandIn && this.#watch?.isReplaced() === true;
  }

  /** Opens the ledger anew where that may be better. Returns whether this process now has another to read logs into. */
  #improve(): boolean {
    if (this.#isStandIn) return this.#tryFolder();
    if (this.#isLost) this.#reopen();
    else return this.#opened.role === 'reader' && this.#tryTakeOver();
    return this.#opened.role === 'scanner';
  }

  /** Tries again for the ledger that one in memory stands in for. */
  #tryFolder(): boolean {
    const { sqlite, folder, pricing, onChanged } = this.#options;
    const opened = openLedger(sqlite, folder, pricing);
    if (isInMemory(opened)) {
      opened.db.close();
      return false;
    }
    this.close();
    this.#problems.delete('folderNotWritable');
    this.#problems.delete('diskFull');
    this.#use(opened);
    onChanged();
    return opened.role === 'scanner';
  }

  /** Returns whether this process has become the scanner. */
  #tryTakeOver(): boolean {
    const { sqlite, folder } = this.#options;
    const lock = folder === null ? null : ScannerLock.take(sqlite, folder);
    if (lock === null) return false;
    this.#reopen(lock);
    return this.#opened.role === 'scanner';
  }

  #onTouched(): void {
    try {
      this.#followOthers();
    } catch (error) {
      this.#recover(error);
    }
  }

  #followOthers(): void {
    if (this.#isLost) {
      this.#reopen();
      void this.#scanWhole();
      return;
    }
    if (!this.query((db) => db.noticeForeignCommits(), false)) return;
    this.#options.onChanged();
    if (this.#wholeScans === 0) this.#settle();
  }

  /** All that could be read is stored: what a full disk kept from it no longer matters. */
  #settle(): void {
    if (this.db !== null) this.#options.onSettled(this.db);
    if (!isInMemory(this.#opened) && this.#problems.delete('diskFull')) this.#options.onStatus();
  }

  #report(problem: LedgerProblem): void {
    this.#problems.set(problem.kind, problem);
    this.#options.onStatus();
  }

  async #scanWhole(): Promise<void> {
    this.#progress = undefined;
    this.#wholeScans++;
    this.#options.onStatus();
    try {
      await this.#scan((scanner) => scanner.scanAll(), true);
    } finally {
      this.#wholeScans--;
      this.#options.onStatus();
    }
  }

  async #scan(work: (scanner: Scanner) => Promise<void>, isWhole = false): Promise<void> {
    const scanner = this.#scanner;
    try {
      if (scanner === undefined) {
        // Another process reads for this one, which still has budgets of its own to keep there.
        if (isWhole) this.#settle();
        return;
      }
      await this.#tryPrices();
      await work(scanner);
      this.#isBehind = false;
      this.#stopRetrying();
      this.#settle();
      void this.#tidyUp(isWhole);
    } catch (error) {
      // A repair has replaced the scanner: what the old one meets on its closed database is no news.
      if (scanner === this.#scanner) this.#recover(error);
    }
  }

  /** Nobody need wait for it, nor for its end: until then totals are made from more receipts, and who writes next waits. */
  async #tidyUp(isWhole: boolean): Promise<void> {
    const { db } = this;
    try {
      await sleep(answeringMs, undefined, { ref: false });
      if (db !== null && this.db === db) await sumHours(db, () => this.db === db);
      if (db !== null && this.db === db && isWhole) db.checkpoint();
    } catch (error) {
      if (this.db === db) this.#recover(error);
    }
  }

  async #reprice(scope: RepriceScope, onSlice: (share: number) => void): Promise<Repriced> {
    const repricing = new Repricing(this.#options.pricing, scope);
    for (let hasMore = true; hasMore; ) {
      const { changed } = repricing.result;
      hasMore = this.query((db) => repricing.step(db), false);
      if (repricing.result.changed > changed) this.#options.onChanged();
      onSlice(repricing.share);
      await setImmediate();
    }
    return repricing.result;
  }

  /** Once for each ledger: what another process prices by its user's own prices is not taken back with every look. */
  async #tryPrices(): Promise<void> {
    const { pricing } = this.#options;
    const { version } = pricing;
    if (this.#triedPrices === version) return;
    await this.#repricing;
    const { db } = this;
    if (db === null) return;
    if (!isTried(db, pricing)) await this.reprice('stale');
    if (this.db === db) this.#triedPrices = version;
  }

  /** Does what can be done about a failed statement. Rethrows what is a bug. */
  #recover(error: unknown): void {
    const fault = faultOf(error);
    this.#isBehind = true;
    if (fault === 'damaged') this.#repair();
    else if (fault === 'full') this.#report({ kind: 'diskFull', path: this.#options.folder ?? '' });
    else if (error instanceof NewerLedgerError) this.#giveUp();
    else if (fault === 'busy') this.#retryLater();
    else throw error;
  }

  /** Nothing tells when the other process lets go of the ledger. A reader is told by what that one has written. */
  #retryLater(): void {
    if (this.#opened.role !== 'scanner') return;
    this.#stopRetrying();
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      void this.scanAll();
    }, retryMs).unref();
    this.#options.onStatus();
  }

  #stopRetrying(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
  }

  /** The scanner starts a new ledger beside the damaged one; a reader waits for the scanner to do so. */
  #repair(): void {
    const { sqlite, folder, pricing, onChanged } = this.#options;
    const opened = this.#opened;
    this.db?.close();
    if (folder === null || opened.role !== 'scanner') this.#adopt({ role: 'reader', db: null });
    else {
      this.#use(reopenRebuilt(sqlite, folder, opened.lock, pricing));
      void this.scanAll();
    }
    onChanged();
  }

  /** Another process has migrated the ledger to newer tables. */
  #giveUp(): void {
    const { folder } = this.#options;
    this.close();
    this.#adopt({ role: 'none', problem: { kind: 'newerLedger', path: join(folder ?? '', ledgerFile) } });
  }
}

type InMemory = Extract<OpenedLedger, { readonly role: 'scanner' }> & { readonly lock: null };

function isInMemory(opened: OpenedLedger): opened is InMemory {
  return opened.role === 'scanner' && opened.lock === null;
}

interface Progress {
  readonly filesDone: number;
  readonly filesTotal: number;
}
