/** The ledger as a guard uses it: opened as it is, with little patience, and given what is new of one session. */

import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine, Reader } from '../agents/reader.ts';
import { readers } from '../agents/readers.ts';
import type { AgentId } from '../domain/agent.ts';
import { Database, NewerLedgerError, OlderLedgerError } from '../ledger/database.ts';
import { formatAt, type Root, resolveRoots } from '../ledger/discover.ts';
import { ledgerFile } from '../ledger/moveAside.ts';
import type { Pricing } from '../ledger/pricing.ts';
import { Scanner } from '../ledger/scanner.ts';
import { findSource } from '../ledger/source.ts';
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
  /** Reads in another thread, which cannot hold up this one; resolves to what kept it from reading all. */
  readAside(asked: AskedLogs): Promise<Trouble | null>;
}

/** From so much on a log may take longer than an agent can wait, and a single line in it as well. */
const muchBytes = 16 << 20;

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
  const logs = await findLogs(asked, parts);
  const isMuch = unreadBytes(parts.db, asked.agent, logs) > muchBytes;
  const reading = isMuch ? parts.readAside(asked) : readLogs(logs, parts);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Trouble>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'behind', detail: '' }), waitMs);
  });
  const trouble = await Promise.race([reading, late]);
  clearTimeout(timer);
  return trouble;
}

/** What {@link readSession} reads in a thread of its own. */
export async function readAllOf(
  asked: AskedLogs,
  parts: Omit<ReadingParts, 'readAside'>,
): Promise<Trouble | null> {
  return readLogs(await findLogs(asked, parts), parts);
}

interface Logs {
  readonly roots: readonly Root[];
  readonly paths: readonly string[];
}

async function findLogs(
  asked: AskedLogs,
  { machine, settings }: Pick<ReadingParts, 'machine' | 'settings'>,
): Promise<Logs> {
  const reader = readers.find(({ agent }) => agent === asked.agent);
  if (reader === undefined) return { roots: [], paths: [] };
  const roots = await rootsOf(reader, machine, settings);
  return { roots, paths: await sessionLogs(asked, roots) };
}

/** Never rejects. */
async function readLogs(
  { roots, paths }: Logs,
  { sqlite, db, pricing }: Omit<ReadingParts, 'readAside'>,
): Promise<Trouble | null> {
  const scanner = new Scanner({ sqlite, db, roots, pricing, listener: nobody });
  try {
    for (const path of paths) await scanner.look([path]);
    return null;
  } catch (error) {
    return troubleOf(error);
  }
}

/** Of files; what a database holds is asked for in small pieces, whatever its size. */
function unreadBytes(db: Database, agent: AgentId, { roots, paths }: Logs): number {
  const files = paths.flatMap(filesAt).filter(([path]) => {
    const format = roots.map((root) => formatAt(root, path)).find((each) => each !== null);
    return format !== undefined && format?.kind !== 'database';
  });
  return files.reduce((sum, [path, size]) => sum + size - (findSource(db, agent, path)?.readBytes ?? 0), 0);
}

/** Links among them are left to the scanner: they may lead round in circles. */
function filesAt(path: string): readonly (readonly [path: string, size: number])[] {
  try {
    const stats = statSync(path);
    if (!stats.isDirectory()) return stats.isFile() ? [[path, stats.size]] : [];
    const entries = readdirSync(path, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isSymbolicLink() ? [] : filesAt(join(path, entry.name))));
  } catch {
    return [];
  }
}

const nobody = { onStored() {}, onProgress() {} };

/** Looking for editors takes longer than reading a log, and one guarded agent has logs with them. */
function rootsOf(
  reader: Reader,
  machine: Machine,
  { logFolders, ownUserFolder }: GuardSettings,
): Promise<readonly Root[]> {
  const disk = reader.agent === 'copilot-chat' ? nodeDisk : noEditors;
  const known = { ...machine, ...(ownUserFolder !== null && { ownUserFolder }) };
  return findLogRoots([reader], { machine: known, logFolders }, [], disk).then(resolveRoots);
}

const noEditors: Disk = { ...nodeDisk, namesIn: async () => [], isFolder: async () => false };
