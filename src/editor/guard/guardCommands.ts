/** The commands that put guards into agents' settings, and what others ask of guards; all is loaded when first wanted. */

import type { Disposable } from 'vscode';
import type { AgentId } from '../../domain/agent.ts';
import type { SessionKey } from '../../domain/budget.ts';
import type { SessionNode } from '../../ledger/views.ts';
import { registerCommands } from '../commands.ts';
import { dataFolder } from '../dataFolder.ts';
import { thisMachine } from '../sessions/ledgerSettings.ts';
import { readSetting } from '../settings.ts';
import type { GuardPlace } from './guardPlace.ts';
import type { GuardState } from './guardState.ts';

/** The guard's programs came with the extension. */
export interface GuardOrigin {
  readonly distFolder: string;
  /** Of the extension. */
  readonly version: string;
}

/** @param sessionOf `undefined` for a session that is not among the newest */
export function registerGuardCommands(
  origin: GuardOrigin,
  sessionOf: (key: SessionKey) => SessionNode | undefined,
): Disposable[] {
  const place = (): GuardPlace => ({ ...origin, dataFolder: ledgerFolder() });
  return registerCommands({
    'tokenBurn.guardAgents': async () => (await loadGuards()).guardAgents(place()),
    'tokenBurn.removeGuards': async () => (await loadGuards()).freeAgents(place()),
    'tokenBurn.examineGuards': async () => (await loadGuards()).showExamination(place(), sessionOf),
  });
}

/** Whether a session of the agent can be stopped. */
export async function guardStateOf(agent: AgentId): Promise<GuardState> {
  return (await loadGuards()).guardStateOf(agent, { dataFolder: ledgerFolder() });
}

/** See `reaching.ts`. */
export async function processOf(
  session: SessionKey,
  { distFolder }: Pick<GuardOrigin, 'distFolder'>,
): Promise<number | null> {
  return (await loadGuards()).processOf(session, { distFolder, dataFolder: ledgerFolder() });
}

/** See `reaching.ts`. @returns whether it was told */
export async function interruptProcess(
  session: SessionKey,
  id: number,
  { distFolder }: Pick<GuardOrigin, 'distFolder'>,
): Promise<boolean> {
  const place = { distFolder, dataFolder: ledgerFolder() };
  return (await (await loadGuards()).interruptProcess(session, id, place)) === 'told';
}

async function loadGuards() {
  return (await import('./guards.ts')).guards;
}

function ledgerFolder(): string {
  return dataFolder(thisMachine(), readSetting('tokenBurn.ledger.folder'));
}
