/** The first questions about a budget: for what time it is, and what it counts. */

import { l10n } from 'vscode';
import type { BudgetSpan } from '../../domain/budget.ts';
import type { Format } from '../format.ts';
import { askByBox, askByList } from '../stepInputs.ts';
import { parseHours, unitsFor } from './budgetDraft.ts';
import { perOf } from './budgetEntry.ts';
import { type BudgetStep, type Choice, stepTitle } from './budgetSteps.ts';
import { spanName, unitName, unitSentence } from './budgetWords.ts';

const spans: readonly BudgetSpan[] = [
  { kind: 'session' },
  { kind: 'calendar', unit: 'day' },
  { kind: 'calendar', unit: 'week' },
  { kind: 'calendar', unit: 'month' },
  { kind: 'rolling', hours: 5 },
];

export function spanStep(format: Format): BudgetStep {
  const own: BudgetSpan = { kind: 'rolling', hours: 24 };
  const choices: readonly Choice<{ span: BudgetSpan; asksHours: boolean }>[] = [
    ...spans.map((span) => ({
      label: spanName(span, format),
      description: spanRemark(span),
      value: { span, asksHours: false },
    })),
    { label: l10n.t('Other hours…'), description: spanRemark(own), value: { span: own, asksHours: true } },
  ];
  return {
    isAsked: () => true,
    ask: (draft, place) =>
      askByList(
        {
          title: stepTitle(l10n.t('Time')),
          place,
          placeholder: l10n.t('For what time is it?'),
          items: choices,
          active: choices.find(({ value }) => perOf(value.span) === perOf(draft.span)),
        },
        ({ value }) => ({
          ...draft,
          ...value,
          unit: unitsFor(value.span).includes(draft.unit) ? draft.unit : 'list',
        }),
      ),
  };
}

function spanRemark(span: BudgetSpan): string {
  if (span.kind === 'session') return l10n.t('one conversation with its sub-agents');
  return span.kind === 'calendar'
    ? l10n.t('by the calendar, begins anew by itself')
    : l10n.t('always up to now');
}

export const hoursStep: BudgetStep = {
  isAsked: ({ asksHours }) => asksHours,
  ask: (draft, place) =>
    askByBox(
      {
        title: stepTitle(l10n.t('Hours')),
        place,
        prompt: l10n.t('How many hours up to now?'),
        value: draft.span.kind === 'rolling' ? String(draft.span.hours) : '',
        problemOf: (input) =>
          parseHours(input) === undefined ? l10n.t('Write a whole number of hours, such as 5.') : undefined,
      },
      (input) => ({ ...draft, span: { kind: 'rolling', hours: parseHours(input) ?? 24 } }),
    ),
};

export const unitStep: BudgetStep = {
  isAsked: () => true,
  ask: (draft, place) => {
    const choices = unitsFor(draft.span).map((unit) => ({
      label: unitLabel(unitName(unit)),
      detail: unitSentence(unit),
      value: unit,
    }));
    return askByList(
      {
        title: stepTitle(l10n.t('What it counts')),
        place,
        placeholder: l10n.t('What does it count?'),
        items: choices,
        active: choices.find(({ value }) => value === draft.unit),
      },
      ({ value }) => ({ ...draft, unit: value }),
    );
  },
};

/** Names of units stand within lines elsewhere. */
function unitLabel(name: string): string {
  return name.charAt(0).toLocaleUpperCase() + name.slice(1);
}
