/** What the clock in the status bar says. */

import { l10n } from 'vscode';
import type { BudgetLevel, Standing } from '../../domain/budget.ts';
import type { BudgetsOverview } from '../../workers/budgetProtocol.ts';
import type { Format } from '../format.ts';
import { levelIcon, levelName, worstLevel } from './levels.ts';
import { roundTimeLeft, type TimeLeft } from './timeLeft.ts';

export interface ClockText {
  readonly text: string;
  /** The whole of it in words, for screen readers. */
  readonly label: string;
  readonly background: 'warning' | 'error' | null;
  /** What is shown of the time left, where it is. */
  readonly left: TimeLeft | undefined;
}

/**
 * @param before the time that is shown now
 * @returns `undefined` while nothing is spent, and nothing was
 */
export function clockText(
  { clock, standings }: Pick<BudgetsOverview, 'clock' | 'standings'>,
  before: TimeLeft | undefined,
  nameOf: (standing: Standing) => string,
  format: Format,
): ClockText | undefined {
  const active = standings.filter(({ budget }) => !budget.isPaused);
  const over = active.filter(({ level }) => level === 'over');
  const [firstOver] = over;
  if (firstOver !== undefined) {
    const label = l10n.t('Over budget: {0}', format.list(over.map(nameOf)));
    return { text: `${icon('over')} ${levelName('over')}`, label, background: 'error', left: undefined };
  }
  const level = worstLevel(active);
  const background = level === 'within' ? null : 'warning';
  if (clock !== null && !clock.lastsUntilReset) {
    const left = roundTimeLeft(clock.leftMs, before);
    const label = l10n.t(
      '{0} left until the budget {1} is spent, at the present rate',
      format.spokenSpan(left.count, left.unit),
      nameOf(clock.standing),
    );
    const shape = level === 'within' ? '$(watch)' : icon(level);
    const text = `${shape} ${l10n.t('{0} left', format.span(left.count, left.unit))}`;
    return { text, label, background, left };
  }
  if (clock === null && level === 'within') return undefined;
  const words = levelName(level);
  const label = l10n.t('Spending: {0}', words);
  return { text: `${icon(level)} ${words}`, label, background, left: undefined };
}

/** High contrast has no backgrounds: the shape tells the level there, and none is that of the estimate beside it. */
function icon(level: BudgetLevel): string {
  return level === 'over' ? '$(error)' : `$(${levelIcon(level).id})`;
}

export function isSameClock(a: ClockText, b: ClockText): boolean {
  return a.text === b.text && a.label === b.label && a.background === b.background;
}
