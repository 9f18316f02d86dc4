/** The times that budgets are for, as a setting writes them. */

import type { BudgetSpan } from '../domain/budget.ts';

/** A year: what is longer is no window that anybody watches. */
const mostHours = 8_784;

/** @param value such as `session`, `day`, `week`, `month` or `5h`; `null` for anything else */
export function toSpan(value: unknown): BudgetSpan | null {
  switch (value) {
    case 'session':
      return { kind: 'session' };
    case 'day':
    case 'week':
    case 'month':
      return { kind: 'calendar', unit: value };
  }
  const hours = typeof value === 'string' ? Number(/^([1-9]\d{0,3})h$/.exec(value)?.[1]) : Number.NaN;
  return hours <= mostHours ? { kind: 'rolling', hours } : null;
}
