/**
 * What the ledger worker does for the guard: puts its programs and what they must know into its folder, and flags there
 * whether anything can be stopped at all. Whatever goes wrong with that, the flags are gone and the guard judges itself.
 */

import { dirname } from 'node:path';
import type { Calendar } from '../domain/period.ts';
import { guardFolderIn } from '../guard/guardFolder.ts';
import { writeGuardSettings, writeOwnPrices } from '../guard/guardSettings.ts';
import { refreshPrograms } from '../guard/programs.ts';
import { clearFlags, writeCalm, writeNone } from '../guard/writeFlags.ts';
import type { LiveLedger } from '../ledger/liveLedger.ts';
import { loadBudgets } from '../oversight/budgetsInForce.ts';
import { moodOf } from '../oversight/mood.ts';
import type { LedgerOptions, LedgerSettings } from './ledgerProtocol.ts';
import { Sparingly } from './sparingly.ts';

export interface GuardFlagsParts {
  /** The programs' source: the price catalogue lies beside the accountant. `null` keeps the guard's folder as it is. */
  readonly programs: { readonly cataloguePath: string; readonly version: string } | null;
  calendar(): Calendar;
  now(): number;
  /** See `Sparingly`; 50 by default, so that flags cost no more than two percent of the time. */
  readonly rest?: number;
}

/** A ledger that says all that was written to the logs so far, if its phase is `ready`. */
type Settled = Pick<LiveLedger, 'db' | 'phase' | 'problems'>;

export class GuardFlags {
  readonly #parts: GuardFlagsParts;
  readonly #sparingly: Sparingly;
  /** `null` without a ledger on the disk. */
  #folder: string | null = null;
  #accounts: NonNullable<LedgerSettings['accounts']> = {};
  /** This process said that all is calm. */
  #isCalm = false;
  #hasWarned = false;

  constructor(parts: GuardFlagsParts) {
    this.#parts = parts;
    this.#sparingly = new Sparingly(parts.rest ?? 50);
  }

  /** To be called before the ledger is used, and again with every change of settings. */
  configure(options: LedgerOptions, settings: LedgerSettings): void {
    const { dataFolder, logFolders, machine } = options;
    const { programs } = this.#parts;
    this.#folder = dataFolder === null || programs === null ? null : guardFolderIn(dataFolder);
    this.#accounts = settings.accounts ?? {};
    this.#try((folder) => {
      const ownUserFolder = machine.ownUserFolder ?? null;
      const calendar = this.#parts.calendar();
      writeGuardSettings(folder, { logFolders, accounts: this.#accounts, calendar, ownUserFolder });
      writeOwnPrices(folder, settings.prices);
      if (dataFolder === null || programs === null) return;
      const distFolder = dirname(programs.cataloguePath);
      refreshPrograms(dataFolder, { distFolder, version: programs.version, runtime: process.execPath });
    });
  }

  /** Flags what the ledger says now. Only who reads the logs can say that all is calm. */
  settle(live: Settled): void {
    this.#sparingly.do(() => this.#flag(live));
  }

  #flag(live: Settled): void {
    this.#try((folder) => {
      const nowMs = this.#parts.now();
      const around = { nowMs, calendar: this.#parts.calendar(), accounts: this.#accounts };
      const mood = isOfAll(live) && live.db ? moodOf(live.db, loadBudgets(live.db), around) : 'alert';
      writeNone(folder, mood === 'none');
      if (live.phase === 'waiting') return;
      this.#isCalm = mood === 'calm' && live.phase === 'ready';
      writeCalm(folder, this.#isCalm, process.pid, nowMs);
    });
  }

  /** Something was told to stop: nothing is quiet until the next {@link settle}. */
  alert(): void {
    this.#sparingly.stop();
    if (this.#folder !== null) clearFlags(this.#folder);
  }

  /** Nobody watches any more. That no budget is in force stays true. */
  close(): void {
    this.#sparingly.stop();
    if (this.#folder !== null && this.#isCalm) clearFlags(this.#folder, ['calm']);
    this.#isCalm = false;
    this.#folder = null;
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
