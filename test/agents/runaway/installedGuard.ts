/** The guard as a user gets it: its hooks in the agent's own settings, a budget in the ledger, and an editor open or not. */

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AgentId } from '../../../src/domain/agent.ts';
import { toDecimalDollars } from '../../../src/domain/money.ts';
import { isRefusal } from '../../../src/guard/agents/agentGuard.ts';
import { guardOf } from '../../../src/guard/agents/agentGuards.ts';
import { guardFiles } from '../../../src/guard/guardFolder.ts';
import { noteInstalled } from '../../../src/guard/installed.ts';
import { type GuardHome, guardVersion, makeGuardHome } from '../../contract/guardHome.ts';
import { runInside, type Sandbox } from '../sandbox.ts';
import { makeCrowd } from './crowd.ts';
import type { Guard, GuardInstaller, Limit } from './guard.ts';
import { openEditor } from './openEditor.ts';

/** Long for a command that reads a few files. */
const commandLimitMs = 20_000;

export interface InstalledGuard extends Guard, GuardHome {}

/** @param rest of the budget's fields */
export function installedGuard(rest: object = {}): GuardInstaller {
  return (sandbox, agent, limit) => installGuard(sandbox, agent, limit, rest);
}

/** As {@link installedGuard}, with an editor open. @param isCrowded see `crowd.ts` */
export function besideEditor(rest: object, isCrowded: boolean): GuardInstaller {
  return async (sandbox, agent, limit) => {
    const crowd = isCrowded ? await makeCrowd(sandbox.home) : null;
    const budgets = [sessionBudget(limit, rest), ...(crowd?.budgets ?? [])];
    const guard = await installWith(sandbox, agent, budgets);
    const { dataFolder } = guard;
    const options = { home: sandbox.home, dataFolder, version: guardVersion, budgets };
    const editor = await openEditor(options, sandbox.environment);
    crowd?.begin();
    const close = async () => {
      crowd?.end();
      await editor.close();
    };
    return { ...guard, close };
  };
}

/** A guard of whose answers nothing reaches the agent: its stops cannot hold. */
export function unheardGuard(): GuardInstaller {
  return async (sandbox, agent, limit) => {
    const guard = await installGuard(sandbox, agent, limit);
    const heard = `${guard.launcher}-heard`;
    renameSync(guard.launcher, heard);
    writeFileSync(guard.launcher, muteLauncher, { mode: 0o755 });
    return { ...guard, doctor: () => tellIn(sandbox, heard, 'doctor') };
  };
}

const muteLauncher = `#!/bin/sh
"$0-heard" "$@" >/dev/null 2>&1
exit 0
`;

/** @param rest of the budget's fields */
export function installGuard(
  sandbox: Sandbox,
  agent: AgentId,
  limit: Limit,
  rest: object = {},
): Promise<InstalledGuard> {
  return installWith(sandbox, agent, [sessionBudget(limit, rest)]);
}

function sessionBudget({ money }: Limit, rest: object): object {
  return { per: 'session', limit: Number(toDecimalDollars(money, 6)), ...rest };
}

async function installWith(
  sandbox: Sandbox,
  agent: AgentId,
  budgets: readonly object[],
): Promise<InstalledGuard> {
  const guardHome = makeGuardHome(sandbox.home, budgets);
  installHooks(sandbox, agent, guardHome);
  const tell = (...args: readonly string[]) => tellIn(sandbox, guardHome.launcher, ...args);
  return {
    ...guardHome,
    answersFolder: join(guardHome.folder, guardFiles.beats),
    release: (sessionKey) => tell('release', sessionKey),
    doctor: () => tell('doctor'),
  };
}

async function tellIn(sandbox: Sandbox, file: string, ...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await runInside(sandbox, { file, args, environment: {} }, commandLimitMs);
  return stdout + stderr;
}

function installHooks({ home, environment }: Sandbox, agent: AgentId, { launcher, folder }: GuardHome): void {
  const guard = guardOf(agent);
  if (guard === null) throw new Error(`there is no guard for ${agent}`);
  const machine = { platform: process.platform, homeFolder: home, environment };
  const [file] = guard.hookFiles(machine, []);
  const text = guard.install(textOf(file), { path: launcher, platform: process.platform });
  if (isRefusal(text)) throw new Error(`${file} is left as it is: ${text.refused}`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  noteInstalled(folder, agent, Date.now());
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
