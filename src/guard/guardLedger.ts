/** The ledger as a guard uses it: opened as it is, with little patience, and given what is new of one session. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine, Reader } from '../agents/reader.ts';
import { readers } from '../agents/readers.ts';
import { Database, NewerLedgerError, OlderLedgerError } from '../ledger/database.ts';
import { type Root, resolveRoots } from '../ledger/discover.ts';
import { ledgerFile } from '../ledger/moveAside.ts';
import type { Pricing } from '../ledger/pricing.ts';
import { Scanner } from '../ledger/scanner.ts';
import { faultOf, type Sqlite } from '../storage/sqlite.ts';
import { type Disk, nodeDisk } from '../workers/disk.ts';
import { findLogRoots } from '../workers/logRoots.ts';
import type { FaultKind } from './faults.ts';
import type { GuardSettings } from './guardSettings.ts';
import { type AskedLogs, sessionLogs } from './sessionLogs.ts';

/** How long the agent may be kept by another process's lock. */
const lockWaitMs = 250;

/** What went wrong, for the doctor. */
export interface Trouble {
  readonly kind: FaultKind;
  readonly detail: string;
}

/** Neither makes a ledger nor changes its tables: that is for the editor, which can tell somebody. */
export function openGuardLedger(sqlite: Sqlite, dataFolder: string): Database | Trouble {
  const path = join(dataFolder, ledgerFile);
  if (!existsSync(path)) return { kind: 'ledgerMissing', detail: '' };
  try {
    return new Database(sqlite, path, { waitMs: lockWaitMs, migrates: false });
  } catch (error) {
    return troubleOf(error);
  }
}

/** What an error of the ledger means. */
export function troubleOf(error: unknown): Trouble {
  const detail = error instanceof Error ? error.message : String(error);
  if (error instanceof NewerLedgerError) return { kind: 'ledgerNewer', detail };
  if (error instanceof OlderLedgerError) return { kind: 'ledgerOlder', detail };
  const kinds = { damaged: 'ledgerDamaged', busy: 'ledgerLocked', full: 'failed', other: 'failed' } as const;
  return { kind: kinds[faultOf(error)], detail };
}

export interface ReadingParts {
  readonly sqlite: Sqlite;
  readonly db: Database;
  readonly pricing: Pricing;
  readonly machine: Machine;
  readonly settings: GuardSettings;
}

/**
 * Reads what is new in the logs of a session and of its sub-agents, for so long.
 *
 * @returns what kept it from reading all of it. What was read by then is stored.
 */
export async function readSession(
  asked: AskedLogs,
  parts: ReadingParts,
  waitMs: number,
): Promise<Trouble | null> {
  const reading = readAll(asked, parts).then(
    () => null,
    (error: unknown) => troubleOf(error),
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Trouble>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'behind', detail: '' }), waitMs);
  });
  const trouble = await Promise.race([reading, late]);
  clearTimeout(timer);
  return trouble;
}

async function readAll(asked: AskedLogs, { sqlite, db, pricing, machine, settings }: ReadingParts) {
  const reader = readers.find(({ agent }) => agent === asked.agent);
  if (reader === undefined) return;
  const roots = await rootsOf(reader, machine, settings);
  const scanner = new Scanner({ sqlite, db, roots, pricing, listener: nobody });
  for (const path of await sessionLogs(asked, roots)) await scanner.look([path]);
}

const nobody = { onStored() {}, onProgress() {} };

/** Looking for editors takes longer than reading a log, and few agents have logs with them. */
function rootsOf(
  reader: Reader,
  machine: Machine,
  { logFolders, ownUserFolder }: GuardSettings,
): Promise<readonly Root[]> {
  const disk = reader.agent === 'copilot-chat' || reader.agent === 'cline' ? nodeDisk : noEditors;
  const known = { ...machine, ...(ownUserFolder !== null && { ownUserFolder }) };
  return findLogRoots([reader], { machine: known, logFolders }, [], disk).then(resolveRoots);
}

const noEditors: Disk = { ...nodeDisk, namesIn: async () => [], isFolder: async () => false };
