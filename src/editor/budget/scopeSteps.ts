/** The questions about whose use a budget counts. */

import { l10n } from 'vscode';
import { type AgentId, agentIds, agentNames } from '../../domain/agent.ts';
import { withoutIcons } from '../plainText.ts';
import { askByBox, askByList } from '../stepInputs.ts';
import { type Narrowing, narrowingsFor } from './budgetDraft.ts';
import { type BudgetStep, type Choice, stepTitle } from './budgetSteps.ts';

export function narrowingStep(project: string | null): BudgetStep {
  return {
    isAsked: () => true,
    ask: (draft, place) => {
      const choices = narrowingsFor(draft, project !== null).map((value) => narrowingChoice(value, project));
      return askByList(
        {
          title: stepTitle(l10n.t('Whose use')),
          place,
          placeholder: l10n.t('Whose use does it count?'),
          items: choices,
          active: choices.find(({ value }) => value === draft.narrowing),
        },
        ({ value }) => ({ ...draft, narrowing: value }),
      );
    },
  };
}

function narrowingChoice(value: Narrowing, project: string | null): Choice<Narrowing> {
  switch (value) {
    case 'none':
      return { label: l10n.t('All use on this machine'), value };
    case 'project':
      return { label: l10n.t('This project'), description: withoutIcons(project ?? ''), value };
    case 'agent':
      return { label: l10n.t('One agent…'), value };
    case 'model':
      return { label: l10n.t('One model, or models by a pattern…'), value };
  }
}

/** @param seen agents that have sessions on this machine, which come first */
export function agentStep(seen: readonly AgentId[]): BudgetStep {
  return {
    isAsked: ({ narrowing }) => narrowing === 'agent',
    ask: (draft, place) => {
      const others = agentIds.filter((agent) => !seen.includes(agent));
      const choices: readonly Choice<AgentId>[] = [...seen, ...others].map((agent) => ({
        label: agentNames[agent],
        description: seen.includes(agent) ? l10n.t('has sessions here') : '',
        value: agent,
      }));
      return askByList(
        {
          title: stepTitle(l10n.t('Agent')),
          place,
          placeholder: l10n.t('Whose use does it count?'),
          items: choices,
          active: choices.find(({ value }) => value === draft.agent),
        },
        ({ value }) => ({ ...draft, agent: value }),
      );
    },
  };
}

/** @param seen models of late sessions, as logged */
export function modelStep(seen: readonly string[]): BudgetStep {
  return {
    isAsked: ({ narrowing }) => narrowing === 'model' && seen.length > 0,
    ask: (draft, place) => {
      const choices: readonly Choice<string | null>[] = [
        ...seen.map((model) => ({ label: withoutIcons(model), value: model })),
        { label: l10n.t('Another model, or a pattern…'), value: null },
      ];
      return askByList(
        {
          title: stepTitle(l10n.t('Model')),
          place,
          placeholder: l10n.t('Whose use does it count?'),
          items: choices,
          active: choices.find(({ value }) => value === draft.model),
        },
        ({ value }) =>
          value === null ? { ...draft, asksModel: true } : { ...draft, asksModel: false, model: value },
      );
    },
  };
}

/** @param hasList whether models were there to be picked */
export function patternStep(hasList: boolean): BudgetStep {
  return {
    isAsked: ({ narrowing, asksModel }) => narrowing === 'model' && (asksModel || !hasList),
    ask: (draft, place) =>
      askByBox(
        {
          title: stepTitle(l10n.t('Model')),
          place,
          prompt: l10n.t('The model as logs name it, with * for any characters, such as claude-opus-*.'),
          value: draft.model ?? '',
          problemOf: (input) =>
            isModel(input) ? undefined : l10n.t('Write the name of a model, such as claude-opus-*.'),
        },
        (input) => ({ ...draft, model: input.trim() }),
      ),
  };
}

const longestModel = 200;

function isModel(input: string): boolean {
  const model = input.trim();
  return model !== '' && model.length <= longestModel;
}
