/** What is said of each entry of the setting that makes no budget: what is wrong, and what to write. */

import { l10n } from 'vscode';
import type { WrongBudget } from '../../workers/budgetProtocol.ts';

/** In few words which it is. */
export function wrongLabel({ index }: WrongBudget): string {
  return index < 0 ? l10n.t('All left out') : l10n.t('Entry {0} left out', index + 1);
}

/** @param settings what the settings are called that it stands in */
export function wrongSentence({ index, fault }: WrongBudget, settings: string): string {
  const where = index < 0 ? settings : l10n.t('{0}, entry {1}', settings, index + 1);
  return l10n.t('{0}: {1}', where, wrongRemedy(fault));
}

export function wrongRemedy(fault: WrongBudget['fault']): string {
  switch (fault) {
    case 'shape':
      return l10n.t('budgets are a list of entries such as {"per": "day", "limit": 10}.');
    case 'field':
      return l10n.t('it has a field that no budget has. Take it out.');
    case 'per':
      return l10n.t('"per" is one of session, day, week, month, or hours such as 5h.');
    case 'limit':
      return l10n.t('"limit" is a number from 0 on: dollars, whole tokens, credits or percent.');
    case 'unit':
      return l10n.t('"unit" is one of list, paid, plan, tokens, credits and planShare.');
    case 'agent':
      return l10n.t('"agent" is no agent that is known here.');
    case 'project':
      return l10n.t('"project" is an absolute folder or one from ~ on; in a workspace, one within it.');
    case 'model':
      return l10n.t('"model" is the name of a model of at most 200 characters.');
    case 'percents':
      return l10n.t('"near" and "wrapUp" are whole numbers from 1 to 100, "near" not above "wrapUp".');
    case 'stop':
      return l10n.t('"stop" is true or false.');
    case 'paused':
      return l10n.t('"paused" is true or false.');
    case 'share':
      return l10n.t('a share of a plan is neither for a session nor for a project or a model.');
    case 'duplicate':
      return l10n.t('an entry before it is for the same. Keep one of the two.');
    case 'weaker':
      return l10n.t('a workspace cannot pause a budget. Take "paused" out.');
    case 'tooMany':
      return l10n.t('it and those after it are too many. Keep at most 100.');
  }
}
