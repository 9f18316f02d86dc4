/** Asking from what share of its limit a budget is marked, in two boxes. */

import { l10n, window } from 'vscode';
import type { Budget } from '../../domain/budget.ts';
import type { BudgetEntry } from './budgetEntry.ts';
import { parsePercent } from './percent.ts';

/** @returns `undefined` when the user gives up */
export async function askMarks({
  nearPercent,
  wrapUpPercent,
}: Budget): Promise<Required<Pick<BudgetEntry, 'near' | 'wrapUp'>> | undefined> {
  const near = await askPercent(
    l10n.t('Budget Is Near From (1/2)'),
    l10n.t('Percent of the limit from which it is marked as near. Nothing is said.'),
    nearPercent,
    1,
  );
  if (near === undefined) return undefined;
  const wrapUp = await askPercent(
    l10n.t('Budget Is Almost Spent From (2/2)'),
    l10n.t('Percent of the limit from which an agent with a guard is told to conclude.'),
    Math.max(near, wrapUpPercent),
    near,
  );
  return wrapUp === undefined ? undefined : { near, wrapUp };
}

async function askPercent(
  title: string,
  prompt: string,
  percent: number,
  least: number,
): Promise<number | undefined> {
  const problem = l10n.t('Write a whole number from {0} to 100.', least);
  const text = await window.showInputBox({
    title,
    prompt,
    value: String(percent),
    validateInput: (input) => (parsePercent(input, least) === undefined ? problem : undefined),
  });
  return text === undefined ? undefined : parsePercent(text, least);
}
