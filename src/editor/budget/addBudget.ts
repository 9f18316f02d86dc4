/** The form that makes a budget: a few questions, each with a way back, and no JSON. */

import { commands } from 'vscode';
import { viewIds } from '../../contributions.ts';
import { walkSteps } from '../quickSteps.ts';
import type { BudgetCommandParts, BudgetTarget } from './budgetCommands.ts';
import { firstDraft, scopeOf, toEntry } from './budgetDraft.ts';
import { budgetPlaces, openProject, saveEntry } from './budgetPlaces.ts';
import type { BudgetStep } from './budgetSteps.ts';
import { limitStep, placeStep } from './limitSteps.ts';
import { agentStep, modelStep, narrowingStep, patternStep } from './scopeSteps.ts';
import { hoursStep, spanStep, unitStep } from './timeSteps.ts';

/** Of a budget that was suggested no more is asked than its limit, and where it is to stand. */
export async function addBudget(parts: BudgetCommandParts, { suggested }: BudgetTarget): Promise<void> {
  const project = openProject();
  const ends = [limitStep(parts, project), placeStep(budgetPlaces())];
  const draft =
    suggested === undefined
      ? await walkSteps([...shapeSteps(parts, project), ...ends], firstDraft)
      : await walkSteps(ends, { ...firstDraft, span: suggested.span, unit: suggested.unit });
  if (draft === undefined) return;
  const scope = scopeOf(draft, project);
  await saveEntry(draft.folder, { span: draft.span, unit: draft.unit, scope }, toEntry(draft, project));
  await parts.refresh();
  await commands.executeCommand(`${viewIds.budgets}.focus`);
}

function shapeSteps(parts: BudgetCommandParts, project: string | null): readonly BudgetStep[] {
  const sessions = parts.sessions();
  const agents = [...new Set(sessions.map(({ agent }) => agent))];
  const models = [...new Set(sessions.flatMap((session) => session.models))];
  return [
    spanStep(parts.format),
    hoursStep,
    unitStep,
    narrowingStep(project),
    agentStep(agents),
    modelStep(models),
    patternStep(models.length > 0),
  ];
}
