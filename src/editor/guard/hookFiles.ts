/** The files on this machine that hold agents' hooks, or would. */

import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import { folderSettings } from '../../contributions.ts';
import type { AgentGuard } from '../../guard/agents/agentGuard.ts';
import { agentGuards } from '../../guard/agents/agentGuards.ts';
import type { Launcher } from '../../guard/agents/commandLine.ts';
import { readToChange } from '../changes/changedFile.ts';
import { thisMachine } from '../sessions/ledgerSettings.ts';
import { readSetting } from '../settings.ts';
import { hooksOfChat } from './chatHooks.ts';

export interface HookFile {
  readonly guard: AgentGuard;
  readonly path: string;
  /** `null` where it is not there. */
  readonly text: string | null | 'unreadable';
  readonly isGuarded: boolean;
}

/** Of each agent that is on this machine the file to guard it by: the one that is guarded, or the first. */
export async function findAgents(launcher: Launcher): Promise<readonly HookFile[]> {
  const found = await Promise.all(agentGuards.map((guard) => readHookFiles(guard, launcher)));
  return found.flatMap((files) => files.find(({ isGuarded }) => isGuarded) ?? files[0] ?? []);
}

/** Every file that may hold hooks, whatever agent it is of. */
export async function findHookFiles(launcher: Launcher): Promise<readonly HookFile[]> {
  const found = await Promise.all(agentGuards.map((guard) => readHookFiles(guard, launcher)));
  return found.flat();
}

/** Those of one agent; none where it is not on this machine. */
export async function readHookFiles(guard: AgentGuard, launcher: Launcher): Promise<readonly HookFile[]> {
  const paths = guard.hookFiles(thisMachine(), readSetting(folderSettings[guard.id]));
  const files = paths.map(async (path) => {
    if (!(await isPresent(guard, path))) return [];
    const text = await readToChange(path);
    const isGuarded = text !== null && text !== 'unreadable' && guard.isInstalled(text, launcher);
    return [{ guard, path, text, isGuarded }];
  });
  return (await Promise.all(files)).flat();
}

/** Where this editor's own agent cannot be, hooks for it may still be left. */
async function isPresent(guard: AgentGuard, path: string): Promise<boolean> {
  if (guard.isOfEditor) return hooksOfChat() !== 'missing' || isThere(path);
  return isThere(homeOf(guard, path));
}

/** The agent's own folder: where it is, so is the agent. */
function homeOf({ isOwnFile }: AgentGuard, path: string): string {
  return isOwnFile ? dirname(dirname(path)) : dirname(path);
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
