/** What is known of a budget while it is made, and the entry that the setting has of it in the end. */

import type { AgentId } from '../../domain/agent.ts';
import type { BudgetScope, BudgetSpan, BudgetUnit } from '../../domain/budget.ts';
import { type BudgetEntry, perOf } from './budgetEntry.ts';

/** What a budget is narrowed by; `project` is the folder that is open. */
export type Narrowing = 'none' | 'project' | 'agent' | 'model';

export interface BudgetDraft {
  readonly span: BudgetSpan;
  /** The hours of the span are still to be typed. */
  readonly asksHours: boolean;
  readonly unit: BudgetUnit;
  readonly narrowing: Narrowing;
  readonly agent?: AgentId;
  /** The model is still to be typed. */
  readonly asksModel: boolean;
  readonly model?: string;
  readonly limit: number;
  /** Whose settings it goes to: a folder that is open, or `null` for the user's own. */
  readonly folder: string | null;
}

export const firstDraft: BudgetDraft = {
  span: { kind: 'calendar', unit: 'day' },
  asksHours: false,
  unit: 'list',
  narrowing: 'none',
  asksModel: false,
  limit: 0,
  folder: null,
};

/** A share of a plan is reported for the agent as a whole, and over the time of its window. */
export function unitsFor(span: BudgetSpan): readonly BudgetUnit[] {
  const units: readonly BudgetUnit[] = ['list', 'paid', 'plan', 'tokens', 'credits'];
  return span.kind === 'session' ? units : [...units, 'planShare'];
}

export function narrowingsFor({ unit }: BudgetDraft, hasProject: boolean): readonly Narrowing[] {
  if (unit === 'planShare') return ['none', 'agent'];
  return hasProject ? ['none', 'project', 'agent', 'model'] : ['none', 'agent', 'model'];
}

/** Settings of a folder narrow a budget to it, which a share of a plan cannot be. */
export function mayBeOfFolder({ unit }: BudgetDraft): boolean {
  return unit !== 'planShare';
}

/** @param project the folder that `project` stands for */
export function scopeOf({ narrowing, agent, model }: BudgetDraft, project: string | null): BudgetScope {
  switch (narrowing) {
    case 'project':
      return project === null ? {} : { project };
    case 'agent':
      return agent === undefined ? {} : { agent };
    case 'model':
      return model === undefined ? {} : { model };
    case 'none':
      return {};
  }
}

/** In a folder's own settings its path is left out: it is another on the machine of the next. */
export function toEntry(draft: BudgetDraft, project: string | null): BudgetEntry {
  const { project: folder, ...scope } = scopeOf(draft, project);
  return {
    per: perOf(draft.span),
    limit: draft.limit,
    ...(draft.unit !== 'list' && { unit: draft.unit }),
    ...scope,
    ...(folder !== undefined && draft.folder === null && { project: folder }),
  };
}

/** As typed, such as `5` or `5h`; `undefined` for what is no whole number of hours up to a year. */
export function parseHours(text: string): number | undefined {
  const hours = Number(/^\s*([1-9]\d{0,3})\s*h?\s*$/.exec(text)?.[1]);
  return hours <= 8_784 ? hours : undefined;
}
