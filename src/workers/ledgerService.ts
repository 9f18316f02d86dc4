/** Answers what the editor asks of the ledger, and tells it what changed. */

import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { statusFolder } from '../agents/claude/statusLine.ts';
import type { Database } from '../ledger/database.ts';
import { type Root, resolveRoots } from '../ledger/discover.ts';
import { LiveLedger } from '../ledger/liveLedger.ts';
import { hasLedger } from '../ledger/openLedger.ts';
import type { Repriced } from '../ledger/reprice.ts';
import { loadSqlite, type Sqlite } from '../storage/sqlite.ts';
import { BudgetKeeper } from './budgetKeeper.ts';
import type { Handlers } from './channel.ts';
import { Coalescer } from './coalescer.ts';
import { EarlyReader } from './earlyReader.ts';
import { GuardFlags } from './guardFlags.ts';
import { KeptPrices } from './keptPrices.ts';
import type { LedgerParts } from './ledgerParts.ts';
import type { LedgerOptions, LedgerRequests, LedgerSettings, LedgerStatus } from './ledgerProtocol.ts';
import { LedgerQueries } from './ledgerQueries.ts';
import { statusOf } from './ledgerStatus.ts';
import { findLogRoots } from './logRoots.ts';
import { Neighbourhood } from './neighbourhood.ts';
import type { Neighbour } from './neighbours.ts';
import type { PriceUpdate } from './priceUpdate.ts';
import { WindowFolders } from './windowFolders.ts';

/** At most five times a second the views are told to look again, and four times a second how far a scan has come. */
const changedIntervalMs = 200;
const statusIntervalMs = 250;

/** For so long after its first scan this thread is left to those who ask what it has brought. */
const answeringMs = 100;

/** Of this thread's time, at most, that it may take to know whether a guard has anything to stop. */
const flaggingShare = 0.01;

/** Whether settings ask for a budget, or for what may be meant as one. */
function asksForAny({ value }: LedgerSettings['budgets'][number]): boolean {
  return !(Array.isArray(value) && value.length === 0);
}

/** Claude Code's telemetry is kept beside its settings. */
function isToldIn({ reader, path }: Root): boolean {
  return reader.agent === 'claude-code' && basename(path) === statusFolder;
}

interface OpenLedger {
  readonly options: LedgerOptions;
  roots: readonly Root[];
  readonly windowFolders: WindowFolders;
  /** Open in some window, as the roots were made from them. */
  folders: readonly string[];
  neighbours: readonly Neighbour[];
  /** `null` where the runtime has no SQLite. */
  readonly live: LiveLedger | null;
  /** Why it has none. */
  readonly missing: string;
  settings: LedgerSettings;
}

export class LedgerService {
  readonly #parts: LedgerParts;
  readonly #prices: KeptPrices;
  readonly #budgets: BudgetKeeper;
  readonly #guard: GuardFlags;
  readonly #queries: LedgerQueries;
  readonly #changed: Coalescer;
  readonly #statusChanged: Coalescer;
  readonly #early: EarlyReader | undefined;
  #open: OpenLedger | undefined;
  #told: LedgerStatus | undefined;
  #neighbourhood: Neighbourhood | undefined;
  /** Brings receipts to the prices of the settings; whoever sets the same again waits for it as well. */
  #repricing: Promise<void> | undefined;

  constructor(parts: LedgerParts) {
    this.#parts = parts;
    this.#early = parts.startSideReader && new EarlyReader(parts.startSideReader);
    this.#prices = new KeptPrices(parts.pricing);
    this.#budgets = new BudgetKeeper({
      query: (ask, nothing) => this.#query(ask, nothing),
      calendar: parts.calendar,
      now: parts.now,
      emit: parts.emit,
      onChanged: () => this.#budgetsChanged(),
      onStored: () => this.#guard.alert(),
    });
    this.#queries = new LedgerQueries({
      parts,
      budgets: this.#budgets,
      opened: () => this.#opened(),
      query: (ask, nothing) => this.#query(ask, nothing),
    });
    this.#guard = new GuardFlags({ ...parts, programs: parts.programs ?? null, share: flaggingShare });
    this.#changed = new Coalescer(changedIntervalMs, () => {
      parts.emit({ type: 'changed' });
      void this.#followFolders().then((added) => this.#lookInto(added));
    });
    this.#statusChanged = new Coalescer(statusIntervalMs, () => this.#emitStatus());
  }

  /** The answers to all requests. */
  handlers(): Handlers<LedgerRequests> {
    return {
      open: ({ options, settings }) => this.#start(options, settings),
      configure: (settings) => this.#configure(settings),
      reprice: () => this.#reprice(),
      updatePrices: ({ json }) => this.#updatePrices(json),
      useBundledPrices: () => this.#useBundledPrices(),
      hasUpdatedPrices: () => this.#parts.pricing.isUpdated,
      logsChanged: ({ paths }) => this.#look(paths),
      rescan: () => this.#rescan(),
      ...this.#queries.handlers(),
      ...this.#budgets.handlers(),
    };
  }

  close(): void {
    this.#neighbourhood?.close();
    this.#neighbourhood = undefined;
    this.#early?.close();
    const live = this.#open?.live;
    // What becomes of it now is nobody's business any more.
    this.#open = undefined;
    live?.close();
    this.#parts.receivers?.close();
    this.#guard.close();
    this.#budgets.stop();
    this.#changed.stop();
    this.#statusChanged.stop();
  }

  async #start(options: LedgerOptions, settings: LedgerSettings): Promise<LedgerStatus> {
    this.close();
    this.#told = undefined;
    this.#prices.open(options.dataFolder);
    this.#parts.pricing.useOwn(settings.prices);
    const isNew = !hasLedger(options.dataFolder);
    if (isNew) this.#early?.startNow();
    this.#useBudgets(options, settings);
    const canStop = !isNew || settings.budgets.some(asksForAny);
    if (canStop) this.#guard.write();
    await this.#openWith(options, settings);
    if (!isNew) this.#parts.prepareHost?.();
    const scan = this.#opened().live?.scanAll();
    if (isNew) this.#prepareAfter(scan ?? Promise.resolve(), canStop);
    void this.#receive();
    if (options.readsNeighbours) this.#followNeighbours(options);
    return this.#status();
  }

  async #openWith(options: LedgerOptions, settings: LedgerSettings): Promise<void> {
    const folders = options.machine.workspaceFolders ?? [];
    const roots = await this.#rootsFor(options, folders, []);
    const windowFolders = new WindowFolders(folders, this.#parts.now);
    const open = { options, roots, windowFolders, folders, neighbours: [], settings };
    const sqlite = loadSqlite();
    if ('missing' in sqlite) {
      this.#open = { ...open, live: null, missing: sqlite.missing };
    } else {
      this.#open = { ...open, live: this.#openLive(sqlite, options.dataFolder, roots), missing: '' };
      await this.#followFolders();
    }
  }

  /** A new ledger has nothing to show, and without budgets nothing to stop: all but its first scan can wait. */
  #prepareAfter(scan: Promise<void>, isGuarded: boolean): void {
    const opened = this.#opened();
    const prepare = () => {
      if (this.#open !== opened) return;
      this.#early?.close();
      if (!isGuarded) {
        this.#guard.write();
        if (opened.live?.phase === 'ready') this.#flag();
      }
      this.#parts.prepareHost?.();
    };
    void scan.finally(() => setTimeout(prepare, answeringMs).unref());
  }

  async #rootsFor(
    options: LedgerOptions,
    workspaceFolders: readonly string[],
    neighbours: readonly Neighbour[],
  ): Promise<readonly Root[]> {
    const { readers, disk } = this.#parts;
    const machine = { ...options.machine, workspaceFolders };
    return resolveRoots(await findLogRoots(readers, { ...options, machine }, neighbours, disk));
  }

  /** Neighbours take their time to answer: the ledger is open before they do. */
  #followNeighbours({ machine }: LedgerOptions): void {
    const neighbourhood = new Neighbourhood({
      machine,
      disk: this.#parts.disk,
      onOthers: async (neighbours) => {
        this.#opened().neighbours = neighbours;
        await this.#lookInto(await this.#findRoots());
      },
      onLook: () => this.#look(this.#opened().roots.flatMap((root) => (root.isForeign ? root.path : []))),
    });
    this.#neighbourhood = neighbourhood;
    void neighbourhood.start();
  }

  /** Whoever reads the logs reads those in the projects of all windows. Returns folders that are new among the roots. */
  async #followFolders(): Promise<readonly string[]> {
    const open = this.#open;
    if (!open?.live) return [];
    const folders = open.windowFolders.of(open.live, open.folders);
    if (isDeepStrictEqual(folders, open.folders)) return [];
    open.folders = folders;
    return this.#findRoots();
  }

  /** Finds the roots anew. Returns folders that are new among them. */
  async #findRoots(): Promise<readonly string[]> {
    const open = this.#opened();
    const { options, folders, neighbours } = open;
    const roots = await this.#rootsFor(options, await open.windowFolders.there(folders), neighbours);
    if (this.#open !== open || open.folders !== folders || open.neighbours !== neighbours) return [];
    const known = new Set(open.roots.map(({ realPath }) => realPath));
    open.roots = roots;
    open.live?.useRoots(roots);
    void this.#receive();
    this.#statusChanged.request();
    return roots.map(({ realPath }) => realPath).filter((path) => !known.has(path));
  }

  async #lookInto(added: readonly string[]): Promise<void> {
    if (added.length > 0) await this.#open?.live?.look(added);
  }

  #useBudgets(options: LedgerOptions, settings: LedgerSettings): void {
    const { budgets, accounts = {} } = settings;
    this.#budgets.configure(budgets, accounts, options.machine.homeFolder);
    this.#guard.configure(options, settings);
  }

  /** Tells of lines that were crossed, and whether any is near. */
  #hold(): void {
    this.#budgets.watch();
    this.#flag();
  }

  /** What nobody has stored yet would not be seen by who looks whether anything can be stopped. */
  #flag(): void {
    const live = this.#open?.live;
    if (live && this.#query((db) => this.#budgets.keepIn(db), false)) this.#guard.settle(live);
  }

  /** Somebody released, stopped or changed what may be spent, or what was spent has other prices. */
  #budgetsChanged(): void {
    this.#guard.alert();
    this.#hold();
    this.#changed.request();
  }

  #openLive(sqlite: Sqlite, folder: string | null, roots: readonly Root[]): LiveLedger {
    const early = this.#early;
    return new LiveLedger({
      sqlite,
      folder,
      roots,
      pricing: this.#parts.pricing,
      startSideReader: early && (() => early.take()),
      onChanged: () => {
        this.#budgets.touch();
        this.#changed.request();
      },
      onStatus: () => this.#noteStatus(),
      onSettled: () => {
        this.#budgets.watchSoon();
        this.#flag();
        this.#statusChanged.requestLater();
      },
    });
  }

  /** Whoever waits for the end of a scan need not wait longer; how far it has come is told now and then. */
  #noteStatus(): void {
    const isOtherPhase = this.#open?.live?.phase !== this.#told?.phase;
    if (isOtherPhase) this.#statusChanged.requestNow();
    else this.#statusChanged.request();
  }

  #opened(): OpenLedger {
    if (this.#open === undefined) throw new Error('the ledger has not been opened');
    return this.#open;
  }

  #query<Result>(ask: (db: Database) => Result, nothing: Result): Result {
    return this.#opened().live?.query(ask, nothing) ?? nothing;
  }

  /** Answers when receipts have the prices that the settings name. */
  async #configure(settings: LedgerSettings): Promise<null> {
    const { pricing } = this.#parts;
    const { version } = pricing;
    this.#opened().settings = settings;
    this.#useBudgets(this.#opened().options, settings);
    this.#guard.write();
    pricing.useOwn(settings.prices);
    if (pricing.version !== version) this.#repricing = this.#opened().live?.repriceStale();
    await this.#repricing;
    this.#statusChanged.request();
    this.#budgetsChanged();
    return null;
  }

  async #reprice(): Promise<Repriced> {
    const { live } = this.#opened();
    if (!live?.db) throw new Error('there is no ledger');
    const repriced = await live.reprice('all', (share) => this.#parts.emit({ type: 'repricing', share }));
    this.#budgetsChanged();
    return repriced;
  }

  async #updatePrices(json: Uint8Array): Promise<PriceUpdate> {
    const { update, isTaken } = this.#prices.take(json);
    if (isTaken) await this.#followCatalogue();
    return update;
  }

  async #useBundledPrices(): Promise<null> {
    this.#prices.forget();
    await this.#followCatalogue();
    return null;
  }

  async #followCatalogue(): Promise<void> {
    await this.#opened().live?.repriceStale();
    this.#statusChanged.request();
    this.#budgetsChanged();
  }

  /** What another operating system keeps is received there. */
  async #receive(): Promise<void> {
    const own = (this.#open?.roots ?? []).filter(({ isForeign }) => !isForeign);
    await this.#parts.receivers?.follow(own.filter(isToldIn).map(({ path }) => path));
    if (this.#open !== undefined) this.#statusChanged.request();
  }

  async #followReceivers(paths: readonly string[]): Promise<void> {
    const isLooked = await this.#parts.receivers?.noteChanged(paths);
    if (isLooked && this.#open !== undefined) this.#statusChanged.request();
  }

  async #look(paths: readonly string[]): Promise<null> {
    void this.#followReceivers(paths);
    await this.#opened().live?.look(paths);
    return null;
  }

  async #rescan(): Promise<null> {
    await this.#neighbourhood?.meet();
    await this.#opened().live?.scanAll();
    void this.#receive();
    return null;
  }

  /** A look at logs mostly leaves the status as it was: then nobody need hear of it. */
  #emitStatus(): void {
    if (this.#open === undefined) return;
    const status = this.#status();
    if (isDeepStrictEqual(status, this.#told)) return;
    this.#told = status;
    this.#parts.emit({ type: 'status', status });
  }

  #status(): LedgerStatus {
    const { live, roots, missing } = this.#opened();
    if (live === null) {
      return { phase: 'unavailable', problems: [{ kind: 'noSqlite', detail: missing }], folders: [] };
    }
    const { pricing, receivers, now } = this.#parts;
    return statusOf(live, roots, pricing.wrong, receivers?.portsTaken ?? [], now());
  }
}
