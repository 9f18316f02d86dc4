/** One budget as the setting has it, and which budget it makes. The ledger worker judges whether it is a right one. */

import type { AgentId } from '../../domain/agent.ts';
import type { Budget, BudgetSpan, BudgetUnit } from '../../domain/budget.ts';

/** Money in dollars, credits, tokens, or percent of a plan. */
export interface BudgetEntry {
  /** `session`, `day`, `week`, `month`, or hours such as `5h`. */
  readonly per: string;
  readonly limit: number;
  readonly unit?: BudgetUnit;
  readonly agent?: AgentId;
  readonly project?: string;
  readonly model?: string;
  readonly near?: number;
  readonly wrapUp?: number;
  readonly stop?: boolean;
  readonly paused?: boolean;
}

/** Where an entry stands, as far as it decides what the entry counts. */
export interface EntryPlace {
  /** The folder whose settings hold it; `null` for the user's own. */
  readonly folder: string | null;
  /** An absolute path of what somebody wrote for a folder. */
  resolve(folder: string): string;
}

/** What tells one budget from another. */
export type BudgetShape = Pick<Budget, 'span' | 'unit' | 'scope'>;

/** As the setting writes a span. */
export function perOf(span: BudgetSpan): string {
  if (span.kind === 'session') return 'session';
  return span.kind === 'calendar' ? span.unit : `${span.hours}h`;
}

/**
 * Whether an entry of the setting makes the budget; limits, steps and pauses do not matter. A folder's entry without a
 * project counts what is spent in the folder.
 */
export function makes(
  entry: unknown,
  { span, unit, scope }: BudgetShape,
  place: EntryPlace,
): entry is BudgetEntry {
  if (typeof entry !== 'object' || entry === null) return false;
  const fields = entry as Readonly<Record<string, unknown>>;
  const project = typeof fields.project === 'string' ? place.resolve(fields.project) : place.folder;
  return (
    fields.per === perOf(span) &&
    (fields.unit ?? 'list') === unit &&
    fields.agent === scope.agent &&
    (project ?? undefined) === scope.project &&
    fields.model === scope.model
  );
}

/** The entries with the one that makes the budget changed, or taken out for `undefined`; `undefined` when none does. */
export function withEntry(
  entries: readonly unknown[],
  budget: BudgetShape,
  place: EntryPlace,
  change: (entry: BudgetEntry) => BudgetEntry | undefined,
): readonly unknown[] | undefined {
  const index = entries.findIndex((entry) => makes(entry, budget, place));
  const entry = entries[index];
  if (!makes(entry, budget, place)) return undefined;
  const changed = change(entry);
  return entries.toSpliced(index, 1, ...(changed === undefined ? [] : [changed]));
}
