/** How a session stands against its budgets, and whether it is stopped or would be, in words and icons. */

import { l10n } from 'vscode';
import type { Standing } from '../../domain/budget.ts';
import type { Totals } from '../../domain/totals.ts';
import type { SessionNode, SessionStop, UnguardedRun } from '../../ledger/views.ts';
import { spentOfLimit } from '../budget/amountWords.ts';
import { levelIcon, levelName } from '../budget/levels.ts';
import type { Format } from '../format.ts';
import type { RowLook } from '../rows/rowLook.ts';

type Budgeted = Pick<SessionNode, 'budget' | 'tree'>;

/** Whether it is held, in few words; none where that is as it should be. */
export function holdWords({ stop, unguarded, isRunning }: SessionNode): readonly string[] {
  return [
    ...(stop === null ? [] : [stopWords(stop, isRunning)]),
    ...(unguarded === null ? [] : [unguardedWords(isRunning)]),
  ];
}

/** How its budget stands, in few words; none while there is nothing to see to. */
export function levelWords({ budget }: SessionNode): readonly string[] {
  return budget === null || budget.level === 'within' ? [] : [levelName(budget.level)];
}

/** For `when` clauses of the context menu. */
export function pressureContext({ budget, stop, unguarded, isRunning }: SessionNode): string {
  const idle = isRunning ? 'running' : 'idle';
  const context = `session.${budget?.level ?? 'unlimited'}.${stop === null ? idle : 'stopped'}`;
  return unguarded === null ? context : `${context}.unguarded`;
}

/** `undefined` while there is nothing to see to. */
export function pressureIcon({ budget, stop, unguarded, isRunning }: SessionNode): RowLook['icon'] {
  if (stop !== null && !stop.isHeld) return { id: 'error', color: 'list.errorForeground' };
  if (stop !== null) return { id: 'stop-circle', color: 'list.warningForeground' };
  if (unguarded !== null && isRunning && budget?.level !== 'over') {
    return { id: 'workspace-untrusted', color: 'list.warningForeground' };
  }
  return budget === null || budget.level === 'within' ? undefined : levelIcon(budget.level);
}

/** How a session stands, in words; empty without a budget. */
export function budgetSentence({ budget, tree }: Budgeted, format: Format): string {
  if (budget === null) return '';
  const amounts = budgetAmounts(budget, tree, format);
  switch (budget.level) {
    case 'over':
      return l10n.t('over its budget: {0}', amounts);
    case 'wrapUp':
      return l10n.t('its budget almost spent: {0}', amounts);
    case 'near':
      return l10n.t('near its budget: {0}', amounts);
    case 'within':
      return l10n.t('within its budget: {0}', amounts);
  }
}

/** What counts against a budget is less than what was spent once it has been reset. */
export function budgetAmounts(standing: Standing, tree: Totals, format: Format): string {
  const amounts = spentOfLimit(standing, format);
  const { unit, scope } = standing.budget;
  const countsAll = unit === 'list' && scope.model === undefined;
  return countsAll && standing.spent < tree.cost ? l10n.t('{0} since its reset', amounts) : amounts;
}

/** Until it ends its turn, a session is only told to stop. */
function stopWords({ isHeld }: SessionStop, isRunning: boolean): string {
  if (!isHeld) return l10n.t('went on after its stop');
  return isRunning ? l10n.t('to stop') : l10n.t('stopped');
}

/** One that rests may be guarded when it goes on: it is told of without an icon. */
function unguardedWords(isRunning: boolean): string {
  return isRunning ? l10n.t('unguarded') : l10n.t('ran unguarded');
}

/** Since when the guard was not asked. */
export function unguardedSentence({ beatMs, responses }: UnguardedRun, format: Format): string {
  const count = format.count(responses);
  return beatMs === null
    ? l10n.t('never asked, responses so far: {0}', count)
    : l10n.t('not asked since {0}, responses since: {1}', format.shortMoment(beatMs), count);
}

/** When it was stopped, and whether that held. */
export function stopSentence(stop: SessionStop, format: Format): string {
  const when = format.shortMoment(stop.atMs);
  return stop.isHeld ? l10n.t('by you, {0}', when) : l10n.t('by you, {0}; it went on all the same', when);
}
