/** A budget as text, for the ledger. */

import type { Budget } from '../domain/budget.ts';

export function toJson(budget: Budget): string {
  return JSON.stringify({ ...budget, limit: String(budget.limit) });
}

/** @returns `null` for what another version has written */
export function fromJson(json: string): Budget | null {
  try {
    const { limit, ...rest } = JSON.parse(json) as Omit<Budget, 'limit'> & { readonly limit: string };
    const budget: Budget = { ...rest, limit: BigInt(limit) };
    return isWhole(budget) ? budget : null;
  } catch {
    return null;
  }
}

function isWhole({ id, span, scope, nearPercent, wrapUpPercent }: Budget): boolean {
  const hasNames =
    typeof id === 'string' && typeof span?.kind === 'string' && scope !== null && typeof scope === 'object';
  return hasNames && Number.isInteger(nearPercent) && Number.isInteger(wrapUpPercent);
}
