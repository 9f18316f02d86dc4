/** What is to be known of a budget, as rows of a name and a value. */

import { l10n } from 'vscode';
import type { Budget, Crossed } from '../../domain/budget.ts';
import type { Format } from '../format.ts';
import { toPlainPath } from '../plainText.ts';
import { leaf, type RowLook } from '../rows/rowLook.ts';
import { amountText, rateText } from './amountWords.ts';
import type { BudgetFact } from './budgetRows.ts';
import { scopeNames, unitSentence } from './budgetWords.ts';
import { levelName } from './levels.ts';

export function factLook(fact: BudgetFact, format: Format, nowMs: number): RowLook {
  switch (fact.kind) {
    case 'counts':
      return leaf('fact', l10n.t('Counts'), unitSentence(fact.budget.unit));
    case 'scope':
      return leaf('fact', l10n.t('Of'), scopeText(fact.budget, format));
    case 'asOf':
      return leaf(
        'fact',
        l10n.t('Reported'),
        fact.atMs === null ? l10n.t('nothing yet of this time') : format.ago(fact.atMs, nowMs),
      );
    case 'rate':
      return leaf('fact', l10n.t('Rate'), rateText(fact.perHour, fact.budget.unit, fact.windowMs, format));
    case 'since':
      return leaf('fact', l10n.t('Counts since'), format.shortMoment(fact.atMs));
    case 'reset':
      return leaf('fact', l10n.t('Begins anew'), format.shortMoment(fact.atMs));
    case 'raised':
      return leaf('fact', l10n.t('Raised by'), amountText(fact.by, fact.budget.unit, format));
    case 'crossed':
      return leaf(
        'fact',
        l10n.t('Crossed'),
        format.list(fact.crossed.map((one) => crossedText(one, format))),
      );
    case 'marks':
      return leaf('fact', l10n.t('Marks'), marksText(fact.budget, format));
    case 'snoozed':
      return leaf('fact', l10n.t('Alerts'), l10n.t('snoozed until {0}', format.shortMoment(fact.untilMs)));
    case 'stops':
      return leaf('fact', l10n.t('At the limit'), stopsText(fact.budget));
  }
}

function scopeText({ scope }: Budget, format: Format): string {
  const { project, ...others } = scope;
  const names = scopeNames(others);
  const all = project === undefined ? names : [...names, toPlainPath(project)];
  return all.length === 0 ? l10n.t('all use on this machine') : format.list(all);
}

/** Only what is over is told aloud. */
function crossedText({ level, atMs, isTold }: Crossed, format: Format): string {
  const [name, when] = [levelName(level), format.shortMoment(atMs)];
  return level === 'over' && !isTold
    ? l10n.t('{0}: {1}, without an alert', name, when)
    : l10n.t('{0}: {1}', name, when);
}

function marksText({ nearPercent, wrapUpPercent }: Budget, format: Format): string {
  const [near, almost] = [format.share(nearPercent / 100), format.share(wrapUpPercent / 100)];
  return l10n.t('near from {0}, almost spent from {1}', near, almost);
}

function stopsText({ stops }: Budget): string {
  return stops ? l10n.t('warns, and stops agents that have a guard') : l10n.t('warns');
}
