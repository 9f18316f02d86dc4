/** Opens the ledger, whatever state its folder is in: on disk where possible, else in memory, and says which. */

import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { faultOf, type Sqlite } from '../storage/sqlite.ts';
import { Database, NewerLedgerError } from './database.ts';
import { ledgerFile, moveAside } from './moveAside.ts';
import type { Pricing } from './pricing.ts';
import { rescue } from './rescue.ts';
import { ScannerLock } from './scannerLock.ts';
import type { LedgerProblem } from './views.ts';

/**
 * - `scanner`: this process reads the logs
 * - `reader`: another process does; this one shows what it writes
 * - `none`: there is no ledger to be had, for the reason given
 */
export type OpenedLedger =
  | {
      readonly role: 'scanner';
      readonly db: Database;
      readonly lock: ScannerLock | null;
      readonly problem?: LedgerProblem;
    }
  | { readonly role: 'reader'; readonly db: Database | null }
  | { readonly role: 'none'; readonly problem: LedgerProblem };

/** Whether there is a ledger in a folder, in whatever state. */
export function hasLedger(folder: string | null): boolean {
  return folder !== null && existsSync(join(folder, ledgerFile));
}

/**
 * @param folder where the ledger lies; `null` keeps it in memory
 * @param held the lock, where this process has it already: what lets go of it for a moment may lose it
 */
export function openLedger(
  sqlite: Sqlite,
  folder: string | null,
  pricing: Pricing,
  held?: ScannerLock,
): OpenedLedger {
  if (folder === null) return inMemory(sqlite);
  try {
    if (held === undefined) mkdirSync(folder, { recursive: true });
    const lock = held ?? ScannerLock.take(sqlite, folder);
    return lock === null ? openAsReader(sqlite, folder) : openAsScanner(sqlite, folder, lock, pricing);
  } catch (error) {
    return withoutFile(sqlite, folder, error);
  }
}

/** A damaged ledger is left to the scanner, which repairs it: then there is nothing to read for a while. */
function openAsReader(sqlite: Sqlite, folder: string): OpenedLedger {
  try {
    return { role: 'reader', db: new Database(sqlite, join(folder, ledgerFile)) };
  } catch (error) {
    if (faultOf(error) !== 'damaged') throw error;
    return { role: 'reader', db: null };
  }
}

function openAsScanner(sqlite: Sqlite, folder: string, lock: ScannerLock, pricing: Pricing): OpenedLedger {
  try {
    return { role: 'scanner', lock, ...openOrRebuild(sqlite, folder, pricing) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function openOrRebuild(sqlite: Sqlite, folder: string, pricing: Pricing): Rebuilt {
  try {
    return { db: new Database(sqlite, join(folder, ledgerFile)) };
  } catch (error) {
    if (faultOf(error) !== 'damaged') throw error;
    return rebuild(sqlite, folder, pricing);
  }
}

interface Rebuilt {
  readonly db: Database;
  readonly problem?: LedgerProblem;
}

/** As {@link openLedger}, for a scanner whose ledger turned out to be damaged after it was opened, and was closed. */
export function reopenRebuilt(
  sqlite: Sqlite,
  folder: string,
  lock: ScannerLock | null,
  pricing: Pricing,
): OpenedLedger {
  try {
    return { role: 'scanner', lock, ...rebuild(sqlite, folder, pricing) };
  } catch (error) {
    lock?.release();
    return withoutFile(sqlite, folder, error);
  }
}

/** Starts a new ledger in place of a damaged one, with what can be rescued of it. The caller holds the lock. */
function rebuild(sqlite: Sqlite, folder: string, pricing: Pricing): Rebuilt {
  const movedTo = moveAside(folder);
  const db = new Database(sqlite, join(folder, ledgerFile));
  const rescued = rescue(sqlite, movedTo, db, pricing);
  return { db, problem: { kind: 'damaged', movedTo, rescued } };
}

function withoutFile(sqlite: Sqlite, folder: string, error: unknown): OpenedLedger {
  if (error instanceof NewerLedgerError) {
    return { role: 'none', problem: { kind: 'newerLedger', path: join(folder, ledgerFile) } };
  }
  const detail = error instanceof Error ? error.message : String(error);
  const problem: LedgerProblem =
    faultOf(error) === 'full' || isNoSpace(error)
      ? { kind: 'diskFull', path: folder }
      : { kind: 'folderNotWritable', path: folder, detail };
  return inMemory(sqlite, problem);
}

function inMemory(sqlite: Sqlite, problem?: LedgerProblem): OpenedLedger {
  const db = new Database(sqlite, ':memory:');
  return { role: 'scanner', db, lock: null, ...(problem && { problem }) };
}

function isNoSpace(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC';
}
