/** What budgets are called, in few words. Their amounts are in `amountWords.ts`. */

import { l10n } from 'vscode';
import { agentNames } from '../../domain/agent.ts';
import type { Budget, BudgetScope, BudgetSpan, BudgetUnit } from '../../domain/budget.ts';
import type { Format } from '../format.ts';
import { shorten, withoutLinks } from '../plainText.ts';
import { projectName } from '../sessions/sessionName.ts';

/** A longer name of a project or a model would push the amounts of its row out of sight. */
const longestScope = 30;

/** The time that it is for, with what of all use it counts where that is not all: `Day · Codex`. */
export function budgetName(
  { span, scope, unit }: Pick<Budget, 'span' | 'scope' | 'unit'>,
  format: Format,
): string {
  const unitPart = unit === 'list' ? [] : [unitName(unit)];
  return [spanName(span, format), ...scopeNames(scope), ...unitPart].join(' · ');
}

export function spanName(span: BudgetSpan, format: Format): string {
  switch (span.kind) {
    case 'session':
      return l10n.t('Each session');
    case 'calendar':
      return { day: l10n.t('Day'), week: l10n.t('Week'), month: l10n.t('Month') }[span.unit];
    case 'rolling':
      return l10n.t('Last {0}', format.spokenSpan(span.hours, 'hour'));
  }
}

/** Names of strangers among them are made plain; none where all use counts. */
export function scopeNames({ agent, project, model }: BudgetScope): readonly string[] {
  return [
    ...(agent === undefined ? [] : [agentNames[agent]]),
    ...(project === undefined ? [] : [shorten(withoutLinks(projectName(project)), longestScope)]),
    ...(model === undefined ? [] : [shorten(withoutLinks(model), longestScope)]),
  ];
}

export function unitName(unit: BudgetUnit): string {
  switch (unit) {
    case 'list':
      return l10n.t('money at list price');
    case 'paid':
      return l10n.t('money paid');
    case 'plan':
      return l10n.t('use under plans');
    case 'tokens':
      return l10n.t('tokens');
    case 'credits':
      return l10n.t('credits');
    case 'planShare':
      return l10n.t('share of the plan');
  }
}

/** What a budget of the unit counts, as a sentence. */
export function unitSentence(unit: BudgetUnit): string {
  switch (unit) {
    case 'list':
      return l10n.t('All use at list price, whether a plan covers it or each token is paid.');
    case 'paid':
      return l10n.t('Use that is paid by the token, and use that is not known to be under a plan.');
    case 'plan':
      return l10n.t('What use under plans would cost at list price. It is no money paid.');
    case 'tokens':
      return l10n.t('All tokens: input, cache reads and writes, and output, each once.');
    case 'credits':
      return l10n.t("A plan's credits, of agents that log them, such as Copilot CLI.");
    case 'planShare':
      return l10n.t("Percent of a plan's window, as the agent itself reports it.");
  }
}
