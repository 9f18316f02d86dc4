/** Changing a budget where it is set, without a look at the settings. */

import { l10n, type QuickPickItem, window } from 'vscode';
import type { Budget } from '../../domain/budget.ts';
import { amountText } from './amountWords.ts';
import type { BudgetCommandParts, BudgetTarget } from './budgetCommands.ts';
import type { BudgetEntry } from './budgetEntry.ts';
import { pickBudget } from './budgetPick.ts';
import { changeEntry, mayPause, placeOf, undoChange } from './budgetPlaces.ts';
import { budgetName } from './budgetWords.ts';
import { askLimit } from './limitQuestion.ts';
import { askMarks } from './marksQuestion.ts';
import { resetBudget } from './resetBudget.ts';

type Change = 'limit' | 'marks' | 'stop' | 'pause' | 'reset' | 'remove';

interface ChangeItem extends QuickPickItem {
  readonly change: Change;
}

export async function editBudget(parts: BudgetCommandParts, target: BudgetTarget): Promise<void> {
  const budget = target.budget ?? (await pickBudget(parts, l10n.t('Edit Budget')));
  if (budget === undefined) return;
  const picked = await window.showQuickPick(changeItems(budget, parts), {
    title: l10n.t('Edit Budget: {0}', budgetName(budget, parts.format)),
    placeHolder: l10n.t('What is to change?'),
  });
  if (picked !== undefined) await make(picked.change, parts, budget);
}

function changeItems(budget: Budget, { format }: BudgetCommandParts): readonly ChangeItem[] {
  const { limit, unit, nearPercent, wrapUpPercent, stops, isPaused } = budget;
  const marks = l10n.t('{0} and {1}', format.share(nearPercent / 100), format.share(wrapUpPercent / 100));
  return [
    { label: l10n.t('Change limit…'), description: amountText(limit, unit, format), change: 'limit' },
    { label: l10n.t('Change when it is near and almost spent…'), description: marks, change: 'marks' },
    {
      label: stops ? l10n.t('Only warn at the limit') : l10n.t('Stop agents at the limit'),
      description: stops ? l10n.t('stops agents that have a guard now') : l10n.t('only warns now'),
      change: 'stop',
    },
    ...(mayPause(budget)
      ? [{ label: isPaused ? l10n.t('Resume') : l10n.t('Pause'), change: 'pause' as const }]
      : []),
    { label: l10n.t('Reset'), description: l10n.t('counts anew from now on'), change: 'reset' },
    { label: l10n.t('Remove'), change: 'remove' },
  ];
}

async function make(change: Change, parts: BudgetCommandParts, budget: Budget): Promise<void> {
  switch (change) {
    case 'limit': {
      const limit = await askLimit(parts, budget);
      return limit === undefined ? undefined : apply(parts, budget, (entry) => ({ ...entry, limit }));
    }
    case 'marks': {
      const marks = await askMarks(budget);
      return marks === undefined ? undefined : apply(parts, budget, (entry) => ({ ...entry, ...marks }));
    }
    case 'stop':
      return apply(parts, budget, (entry) => ({ ...entry, stop: !budget.stops }));
    case 'pause':
      return setPaused(parts, { budget }, !budget.isPaused);
    case 'reset':
      return resetBudget(parts, { budget });
    case 'remove':
      return removeBudget(parts, { budget });
  }
}

export async function setPaused(
  parts: BudgetCommandParts,
  target: BudgetTarget,
  isPaused: boolean,
): Promise<void> {
  const title = isPaused ? l10n.t('Pause Budget') : l10n.t('Resume Budget');
  const budget =
    target.budget ?? (await pickBudget(parts, title, (one) => one.isPaused !== isPaused && mayPause(one)));
  if (budget === undefined) return;
  await apply(parts, budget, ({ paused: _, ...entry }) => (isPaused ? { ...entry, paused: true } : entry));
}

/** What was removed is back with one press of a button. */
export async function removeBudget(parts: BudgetCommandParts, target: BudgetTarget): Promise<void> {
  const budget = target.budget ?? (await pickBudget(parts, l10n.t('Remove Budget')));
  if (budget === undefined) return;
  const place = placeOf(budget);
  const changed = place && (await changeEntry(place, budget, () => undefined));
  if (changed === undefined) return tellElsewhere(budget, parts);
  await parts.refresh();
  const undo = l10n.t('Undo');
  const name = budgetName(budget, parts.format);
  const answer = await window.showInformationMessage(l10n.t('Removed the budget {0}.', name), undo);
  if (answer !== undo) return;
  await undoChange(changed);
  await parts.refresh();
}

async function apply(
  parts: BudgetCommandParts,
  budget: Budget,
  change: (entry: BudgetEntry) => BudgetEntry,
): Promise<void> {
  const place = placeOf(budget);
  if (place === undefined) return tellElsewhere(budget, parts);
  await changeEntry(place, budget, change);
  await parts.refresh();
}

function tellElsewhere(budget: Budget, { format }: BudgetCommandParts): void {
  const name = budgetName(budget, format);
  void window.showInformationMessage(
    l10n.t(
      'The budget {0} is set elsewhere: open the folder whose settings hold it to change it there.',
      name,
    ),
  );
}
