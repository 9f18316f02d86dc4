/** A home as the editor leaves it for a guard: its programs as they were built, and budgets in the ledger. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseBudgets } from '../../src/budgets/parseBudgets.ts';
import { guardFiles, guardFolderIn } from '../../src/guard/guardFolder.ts';
import { refreshPrograms } from '../../src/guard/programs.ts';
import { Database } from '../../src/ledger/database.ts';
import { ledgerFile } from '../../src/ledger/moveAside.ts';
import { storeBudgets } from '../../src/oversight/budgetsInForce.ts';
import { root } from '../harness/layout.ts';
import { sqlite } from '../unit/ledger/world.ts';

/** Of the extension whose programs are there. */
export const guardVersion = '1.0.0';

export interface GuardHome {
  readonly home: string;
  readonly dataFolder: string;
  readonly folder: string;
  /** What hooks run. */
  readonly launcher: string;
  readonly ledger: string;
}

/** @param budgets as the setting has them; each must be right */
export function makeGuardHome(home: string, budgets: readonly unknown[]): GuardHome {
  const dataFolder = dataFolderIn(home);
  const folder = guardFolderIn(dataFolder);
  const ledger = join(dataFolder, ledgerFile);
  mkdirSync(dataFolder, { recursive: true });
  setBudgets(ledger, budgets, home);
  refreshPrograms(dataFolder, {
    distFolder: join(root, 'dist'),
    version: guardVersion,
    runtime: process.execPath,
  });
  return { home, dataFolder, folder, launcher: join(folder, guardFiles.launch), ledger };
}

export function dataFolderIn(home: string): string {
  return join(home, '.local', 'share', 'token-burn');
}

function setBudgets(ledger: string, setting: readonly unknown[], homeFolder: string): void {
  const { budgets, wrong } = parseBudgets(setting, { project: null, homeFolder });
  if (wrong.length > 0) throw new Error(`the budgets are refused: ${JSON.stringify(wrong)}`);
  const db = new Database(sqlite(), ledger);
  storeBudgets(db, 'user', budgets, Date.now());
  db.close();
}
