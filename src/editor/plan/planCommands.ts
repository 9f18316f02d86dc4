/** The commands about plans' limits; what they do is loaded with the first of them. */

import type { Disposable } from 'vscode';
import { registerCommands } from '../commands.ts';

/** @param environment read with each command */
export function registerPlanCommands(
  environment: () => Readonly<Record<string, string | undefined>>,
): Disposable[] {
  return registerCommands({
    'tokenBurn.readClaudePlan': async () => (await import('./claudePlan.ts')).readPlan(environment()),
    'tokenBurn.leaveClaudePlan': async () => (await import('./claudePlan.ts')).leavePlan(environment()),
  });
}
