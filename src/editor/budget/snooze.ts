/** Being left alone by alerts for a while. */

import type { BudgetCommandParts, BudgetTarget } from './budgetCommands.ts';

export async function snoozeAlerts(_parts: BudgetCommandParts, _target: BudgetTarget): Promise<void> {}
