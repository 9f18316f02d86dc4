/**
 * Reads budgets from a setting. Each entry is read by itself and strictly: one that is not understood is told and left
 * out, and takes none of the others with it.
 */

import { type AgentId, agentIds } from '../domain/agent.ts';
import { type Budget, type BudgetScope, type BudgetUnit, budgetUnits } from '../domain/budget.ts';
import { isOfProject } from '../domain/project.ts';
import { budgetId } from './budgetId.ts';
import { toAmount } from './limits.ts';
import { toSpan } from './spans.ts';

/**
 * - `shape`: the entry is no object, or the setting no list
 * - `field`: a field that no budget has
 * - `per`, `unit`, `agent`, `model`, `stop`, `paused`: a value that the field of this name cannot have
 * - `limit`: no amount, or more than anybody means
 * - `project`: no folder, or one outside the workspace folder that asks for the budget
 * - `percents`: `near` or `wrapUp` is no whole number from 1 to 100, or `near` is above `wrapUp`
 * - `share`: a share of a plan's window has no meaning for one session, one project or one model
 * - `duplicate`: an entry before it is of the same span, unit and scope
 * - `weaker`: a workspace cannot pause a budget
 * - `tooMany`: it, and all after it, are more than anybody means
 */
export type BudgetFault =
  | 'shape'
  | 'field'
  | 'per'
  | 'limit'
  | 'unit'
  | 'agent'
  | 'project'
  | 'model'
  | 'percents'
  | 'stop'
  | 'paused'
  | 'share'
  | 'duplicate'
  | 'weaker'
  | 'tooMany';

export interface WrongEntry {
  /** Which entry of the list; -1 where the setting is no list. */
  readonly index: number;
  readonly fault: BudgetFault;
}

export interface ParsedBudgets {
  readonly budgets: readonly Budget[];
  readonly wrong: readonly WrongEntry[];
}

export interface BudgetPlace {
  /** The workspace folder whose settings these are, to which they are narrowed; `null` for the user's own. */
  readonly project: string | null;
  /** What `~` stands for. */
  readonly homeFolder: string;
}

const mostBudgets = 100;
const longestModel = 200;
/** As on Linux, whose paths are the longest. */
const longestFolder = 4_096;
const fields = ['per', 'limit', 'unit', 'agent', 'project', 'model', 'near', 'wrapUp', 'stop', 'paused'];

/** @param value of any shape; never throws for one that is made of JSON */
export function parseBudgets(value: unknown, place: BudgetPlace): ParsedBudgets {
  if (value === undefined || value === null) return { budgets: [], wrong: [] };
  if (!Array.isArray(value)) return { budgets: [], wrong: [{ index: -1, fault: 'shape' }] };
  const budgets = new Map<string, Budget>();
  const wrong: WrongEntry[] = [];
  for (const [index, entry] of value.slice(0, mostBudgets).entries()) {
    const parsed = parseBudget(entry, place);
    if (typeof parsed === 'string') wrong.push({ index, fault: parsed });
    else if (budgets.has(parsed.id)) wrong.push({ index, fault: 'duplicate' });
    else budgets.set(parsed.id, parsed);
  }
  if (value.length > mostBudgets) wrong.push({ index: mostBudgets, fault: 'tooMany' });
  return { budgets: [...budgets.values()], wrong };
}

type Fields = Readonly<Record<string, unknown>>;

function parseBudget(entry: unknown, place: BudgetPlace): Budget | BudgetFault {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return 'shape';
  const given = entry as Fields;
  if (Object.keys(given).some((name) => !fields.includes(name))) return 'field';
  const span = toSpan(given.per);
  if (span === null) return 'per';
  const unit = toUnit(given.unit);
  if (unit === null) return 'unit';
  const limit = toAmount(unit, given.limit);
  if (limit === null) return 'limit';
  const scope = toScope(given, place);
  if (typeof scope === 'string') return scope;
  const isOfPlan = scope.project === undefined && scope.model === undefined && span.kind !== 'session';
  if (unit === 'planShare' && !isOfPlan) return 'share';
  const rules = toRules(given, place);
  if (typeof rules === 'string') return rules;
  return { id: budgetId({ span, unit, scope }), span, unit, scope, limit, ...rules };
}

function toUnit(value: unknown = 'list'): BudgetUnit | null {
  return budgetUnits.find((unit) => unit === value) ?? null;
}

function toScope(given: Fields, place: BudgetPlace): BudgetScope | BudgetFault {
  const { agent, model } = given;
  if (agent !== undefined && !isAgent(agent)) return 'agent';
  if (model !== undefined && !isModel(model)) return 'model';
  const project = toProject(given.project, place);
  if (project === null) return 'project';
  return {
    ...(agent !== undefined && { agent }),
    ...(project !== undefined && { project }),
    ...(model !== undefined && { model }),
  };
}

function isAgent(value: unknown): value is AgentId {
  return agentIds.some((agent) => agent === value);
}

function isModel(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= longestModel;
}

/** `null` where it is none; `undefined` for all use. */
function toProject(value: unknown, { project, homeFolder }: BudgetPlace): string | null | undefined {
  if (value === undefined) return project ?? undefined;
  const folder = typeof value === 'string' ? toFolder(value, homeFolder) : null;
  return project === null || isOfProject(folder, project) ? folder : null;
}

const absolute = /^(?:[/\\]|[A-Za-z]:[/\\])/;

function toFolder(path: string, homeFolder: string): string | null {
  if (path.length > longestFolder) return null;
  const whole = path === '~' || /^~[/\\]/.test(path) ? homeFolder + path.slice(1) : path;
  const isWithin = !whole.split(/[/\\]/).includes('..');
  return absolute.test(whole) && isWithin ? whole.replace(/(?<![/\\])[/\\]+$/, '') : null;
}

type Rules = Pick<Budget, 'nearPercent' | 'wrapUpPercent' | 'stops' | 'isPaused'>;

const usualNear = 80;
const usualWrapUp = 95;

function toRules(given: Fields, place: BudgetPlace): Rules | BudgetFault {
  const { near, wrapUp, stop = true, paused = false } = given;
  const percents = toPercents(near, wrapUp);
  if (percents === null) return 'percents';
  if (typeof stop !== 'boolean') return 'stop';
  if (typeof paused !== 'boolean') return 'paused';
  if (paused && place.project !== null) return 'weaker';
  return { ...percents, stops: stop, isPaused: paused };
}

/** One that is given alone moves the other where it would stand in its way. */
function toPercents(near: unknown, wrapUp: unknown): Pick<Rules, 'nearPercent' | 'wrapUpPercent'> | null {
  if (![near, wrapUp].every((value) => value === undefined || isPercent(value))) return null;
  const wrapUpPercent = isPercent(wrapUp) ? wrapUp : Math.max(usualWrapUp, isPercent(near) ? near : 0);
  const nearPercent = isPercent(near) ? near : Math.min(usualNear, wrapUpPercent);
  return nearPercent <= wrapUpPercent ? { nearPercent, wrapUpPercent } : null;
}

function isPercent(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 100;
}
