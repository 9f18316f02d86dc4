/** The budgets of all settings that this window reads, and writing the user's own. */

import { type Uri, workspace } from 'vscode';
import type { SourceBudgets } from '../../workers/budgetProtocol.ts';
import { writeSetting } from '../settings.ts';

const id = 'tokenBurn.budgets';

/** @param userFolder names the user's own settings */
export function readBudgets(userFolder: string): readonly SourceBudgets[] {
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  return [
    { source: userFolder, project: null, value: plain(inspect()?.globalValue) },
    ...folders.map(({ uri }) => {
      const found = inspect(uri);
      const value = found?.workspaceFolderValue ?? found?.workspaceValue;
      return { source: uri.fsPath, project: uri.fsPath, value: plain(value) };
    }),
  ];
}

/** Dollars at list price that one session may cost; `null` without such a budget. */
export function readSessionLimit(): number | null {
  const limits = ownBudgets()
    .filter(isOfSession)
    .map((budget) => Reflect.get(Object(budget), 'limit'));
  return typeof limits[0] === 'number' ? limits[0] : null;
}

/** @param dollars `undefined` for no budget of each session */
export async function writeSessionLimit(dollars: number | undefined): Promise<void> {
  const others = ownBudgets().filter((budget) => !isOfSession(budget));
  const budgets = [...(dollars === undefined ? [] : [{ per: 'session', limit: dollars }]), ...others];
  await writeSetting(id, budgets.length === 0 ? undefined : budgets);
}

function ownBudgets(): readonly unknown[] {
  const value = plain(inspect()?.globalValue);
  return Array.isArray(value) ? value : [];
}

/** One of all sessions, in dollars at list price. */
function isOfSession(budget: unknown): boolean {
  const { per, unit = 'list', agent, project, model } = Object(budget);
  return per === 'session' && unit === 'list' && [agent, project, model].every((name) => name === undefined);
}

function inspect(folder?: Uri) {
  return workspace.getConfiguration(undefined, folder).inspect<unknown>(id);
}

/** VS Code gives objects as proxies, which cannot be sent to a worker. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
