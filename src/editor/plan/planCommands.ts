/** The commands about plans' limits; what they do is loaded with the first of them. */

import type { Disposable } from 'vscode';
import { registerCommands } from '../commands.ts';
import { thisMachine } from '../sessions/ledgerSettings.ts';
import { readSetting } from '../settings.ts';
import { claudeConfigFolders } from './claudeConfig.ts';

export function registerPlanCommands(): Disposable[] {
  const folders = () =>
    claudeConfigFolders(thisMachine(), readSetting('tokenBurn.agents.claudeCode.folders'));
  return registerCommands({
    'tokenBurn.readClaudePlan': async () => (await import('./claudePlan.ts')).readPlan(folders()),
    'tokenBurn.leaveClaudePlan': async () => (await import('./claudePlan.ts')).leavePlan(folders()),
  });
}
