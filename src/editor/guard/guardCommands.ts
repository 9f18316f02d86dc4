/** The commands that put guards into agents' settings; what they do is loaded with the first of them. */

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

export function registerGuardCommands(origin: GuardOrigin): Disposable[] {
  const guards = async () => (await import('./guards.ts')).guards;
  const place = (): GuardPlace => ({
    ...origin,
    dataFolder: dataFolder(thisMachine(), readSetting('tokenBurn.ledger.folder')),
  });
  return registerCommands({
    'tokenBurn.guardAgents': async () => (await guards()).guardAgents(place()),
    'tokenBurn.removeGuards': async () => (await guards()).freeAgents(place()),
    'tokenBurn.examineGuards': async () => (await guards()).showExamination(place()),
  });
}
