/**
 * What the ledger worker does for the guard: puts its programs and what they must know into its folder, and flags there
 * whether anything can be stopped at all. Whatever goes wrong with that, the flags are gone and the guard judges itself.
 */

import { dirname } from 'node:path';
import type { Calendar } from '../domain/period.ts';
import { forgetBeats } from '../guard/beats.ts';
import { guardFolderIn } from '../guard/guardFolder.ts';
import { writeGuardSettings, writeOwnPrices } from '../guard/guardSettings.ts';
import { refreshPrograms } from '../guard/programs.ts';
import { forgetProcesses } from '../guard/sessionProcess.ts';
import { clearFlags, writeCalm, writeNone } from '../guard/writeFlags.ts';
import type { LiveLedger } from '../ledger/liveLedger.ts';
import { loadBudgets } from '../oversight/budgetsInForce.ts';
import { moodOf } from '../oversight/mood.ts';
import { endStopsByBudgets } from '../oversight/stops.ts';
import { Duty } from './duty.ts';
import type { LedgerOptions, LedgerSettings } from './ledgerProtocol.ts';

export interface GuardFlagsParts {
  /** The programs' source: the price catalogue lies beside the accountant. `null` keeps the guard's folder as it is. */
  readonly programs: { readonly cataloguePath: string; readonly version: string } | null;
  calendar(): Calendar;
  now(): number;
  /** Of the thread's time, at most, that it may take to know what to flag. */
  readonly share: number;
}

/** A ledger that says all that was written to the logs so far, if its phase is `ready`. */
type Settled = Pick<LiveLedger, 'db' | 'phase' | 'problems'>;

/** Sessions that were not heard of for longer need no beat: they will have a new one. */
const keptMs = 30 * 86_400_000;

export class GuardFlags {
  readonly #parts: GuardFlagsParts;
  readonly #duty: Duty;
  /** `null` without a ledger on the disk. */
  #folder: string | null = null;
  #accounts: NonNullable<LedgerSettings['accounts']> = {};
  /** What is to be written. */
  #written: { readonly options: LedgerOptions; readonly settings: LedgerSettings } | undefined;
  /** This process said that all is calm. */
  #isCalm = false;
  #hasWarned = false;
  /** What is to be flagged. */
  #live: Settled | undefined;

  constructor(parts: GuardFlagsParts) {
    this.#parts = parts;
    this.#duty = new Duty({
      share: parts.share,
      clock: () => performance.now(),
      action: () => this.#flag(),
      onLateError: () => {},
    });
  }

  /** To be called before the ledger is used, and again with every change of settings; then {@link write}. */
  configure(options: LedgerOptions, settings: LedgerSettings): void {
    const { dataFolder } = options;
    const isKept = dataFolder !== null && this.#parts.programs !== null;
    this.#folder = isKept ? guardFolderIn(dataFolder) : null;
    this.#accounts = settings.accounts ?? {};
    this.#written = { options, settings };
    this.alert();
  }

  /** Writes what the guard must know, and the programs. Of a new ledger, which can stop nothing, it may be called late. */
  write(): void {
    if (this.#written === undefined) return;
    const { options, settings } = this.#written;
    const { dataFolder, logFolders, machine } = options;
    const { programs } = this.#parts;
    this.#try((folder) => {
      const ownUserFolder = machine.ownUserFolder ?? null;
      const calendar = this.#parts.calendar();
      writeGuardSettings(folder, { logFolders, accounts: this.#accounts, calendar, ownUserFolder });
      writeOwnPrices(folder, settings.prices);
    });
    this.alert();
    this.#try((folder) => {
      forgetBeats(folder, this.#parts.now() - keptMs);
      forgetProcesses(folder, this.#parts.now() - keptMs);
      if (dataFolder === null || programs === null) return;
      const distFolder = dirname(programs.cataloguePath);
      refreshPrograms(dataFolder, { distFolder, version: programs.version, runtime: process.execPath });
    });
  }

  /** Flags what the ledger says now. Only who reads the logs can say that all is calm. */
  settle(live: Settled): void {
    this.#live = live;
    this.#duty.request();
  }

  #flag(): void {
    this.#try((folder) => {
      const live = this.#live;
      if (live === undefined) return;
      const nowMs = this.#parts.now();
      const around = { nowMs, calendar: this.#parts.calendar(), accounts: this.#accounts };
      const mood = isOfAll(live) && live.db ? moodOf(live.db, loadBudgets(live.db), around) : 'alert';
      if (mood === 'none' && live.db) endStopsByBudgets(live.db, nowMs);
      writeNone(folder, mood === 'none');
      if (live.phase === 'waiting') return;
      this.#isCalm = mood === 'calm' && live.phase === 'ready';
      writeCalm(folder, this.#isCalm, process.pid, nowMs);
    });
  }

  /** Something was told to stop, or may be by new settings: nothing is quiet until the next {@link settle}. */
  alert(): void {
    if (this.#folder !== null) clearFlags(this.#folder);
  }

  /** Nobody watches any more. That no budget is in force stays true. */
  close(): void {
    this.#duty.stop();
    this.#live = undefined;
    if (this.#folder !== null && this.#isCalm) clearFlags(this.#folder, ['calm']);
    this.#isCalm = false;
    this.#folder = null;
    this.#written = undefined;
  }

  #try(work: (folder: string) => void): void {
    if (this.#folder === null) return;
    try {
      work(this.#folder);
    } catch (error) {
      clearFlags(this.#folder);
      if (!this.#hasWarned) process.emitWarning(error instanceof Error ? error : String(error));
      this.#hasWarned = true;
    }
  }
}

/** A ledger in memory, which stands in for one on the disk, knows nothing of what others ask for. */
function isOfAll({ problems }: Settled): boolean {
  return !problems.some(({ kind }) => kind === 'folderNotWritable' || kind === 'diskFull');
}
