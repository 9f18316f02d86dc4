/** Names of budgets that stay the same while their limits change. */

import type { Budget, BudgetSpan } from '../domain/budget.ts';

/** As the setting writes a span: `session`, `day`, `week`, `month` or such as `5h`. */
export function spanName(span: BudgetSpan): string {
  if (span.kind === 'session') return 'session';
  return span.kind === 'calendar' ? span.unit : `${span.hours}h`;
}

export function budgetId({ span, unit, scope }: Pick<Budget, 'span' | 'unit' | 'scope'>): string {
  return JSON.stringify([spanName(span), unit, scope.agent ?? '', scope.project ?? '', scope.model ?? '']);
}
