/** The commands that put guards into agents' settings; what they do is loaded with the first of them. */

import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Disposable } from 'vscode';
import { registerCommands } from '../commands.ts';
import { dataFolder } from '../dataFolder.ts';
import { thisMachine } from '../sessions/ledgerSettings.ts';
import { readSetting } from '../settings.ts';
import type { GuardPlace } from './guardPlace.ts';

/** The guard's programs came with the extension. */
export interface GuardOrigin {
  readonly distFolder: string;
  /** Of the extension. */
  readonly version: string;
}

export function registerGuardCommands(origin: () => GuardOrigin): Disposable[] {
  const place = (): GuardPlace => ({ ...origin(), dataFolder: ledgerFolder() });
  return registerCommands({
    'tokenBurn.guardAgents': async () => (await loadGuards()).guardAgents(place()),
    'tokenBurn.removeGuards': async () => (await loadGuards()).freeAgents(place()),
    'tokenBurn.examineGuards': async () => (await loadGuards()).showExamination(place()),
  });
}

/**
 * Hooks start copies of the programs, by an executable of the editor: an update of either is followed. Where nothing was
 * ever guarded, nothing is done.
 *
 * @throws what the disk says
 */
export async function refreshGuard(origin: () => GuardOrigin): Promise<void> {
  const folder = ledgerFolder();
  const isUsed = await access(join(folder, 'guard', 'launch')).then(
    () => true,
    () => false,
  );
  if (isUsed) (await loadGuards()).refresh({ ...origin(), dataFolder: folder });
}

async function loadGuards() {
  return (await import('./guards.ts')).guards;
}

function ledgerFolder(): string {
  return dataFolder(thisMachine(), readSetting('tokenBurn.ledger.folder'));
}
