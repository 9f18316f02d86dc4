/** The last questions about a budget: its limit, and in whose settings it is to stand. */

import { l10n } from 'vscode';
import { withoutIcons } from '../plainText.ts';
import { askByBox, askByList } from '../stepInputs.ts';
import { amountInput, parseAmount } from './amounts.ts';
import type { BudgetCommandParts } from './budgetCommands.ts';
import { mayBeOfFolder, scopeOf } from './budgetDraft.ts';
import type { BudgetPlace } from './budgetPlaces.ts';
import { type BudgetStep, type Choice, stepTitle } from './budgetSteps.ts';
import { amountHint, amountProblem } from './limitQuestion.ts';
import { loadSuggestion, suggestionReason } from './suggestion.ts';

/** What was spent so far gives the limit that stands in the box, and the reason for it. */
export function limitStep(parts: BudgetCommandParts, project: string | null): BudgetStep {
  return {
    isAsked: () => true,
    ask: async (draft, place) => {
      const { span, unit } = draft;
      const shape = { span, unit, scope: scopeOf(draft, project) };
      const suggestion = await loadSuggestion(parts, shape);
      const reason = suggestion === null ? [] : [suggestionReason(suggestion, shape, parts.format)];
      return askByBox(
        {
          title: stepTitle(l10n.t('Limit')),
          place,
          prompt: [amountHint(unit), ...reason].join(' '),
          value: suggestion === null ? '' : amountInput(suggestion.limit, unit),
          problemOf: (input) => amountProblem(input, unit),
        },
        (input) => ({ ...draft, limit: parseAmount(input, unit) ?? 0 }),
      );
    },
  };
}

/** Not asked where there is but one answer. */
export function placeStep(places: readonly BudgetPlace[]): BudgetStep {
  return {
    isAsked: (draft) => places.length > 1 && mayBeOfFolder(draft),
    ask: (draft, place) => {
      const choices = places.map(placeChoice);
      return askByList(
        {
          title: stepTitle(l10n.t('Settings')),
          place,
          placeholder: l10n.t('In whose settings is it to stand?'),
          items: choices,
          active: choices.find(({ value }) => value === draft.folder),
        },
        ({ value }) => ({ ...draft, folder: value }),
      );
    },
  };
}

function placeChoice({ name, folder }: BudgetPlace): Choice<string | null> {
  if (name === null)
    return { label: l10n.t('My settings'), description: l10n.t('on this machine'), value: null };
  return {
    label: l10n.t('Settings of the folder "{0}"', withoutIcons(name)),
    detail: l10n.t('For all who open it. Counts what is spent there, beside budgets of their own.'),
    value: folder,
  };
}
