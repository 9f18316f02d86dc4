/** The tool by which a model in VS Code asks how budgets stand. It reads and changes nothing. */

import {
  type Disposable,
  LanguageModelTextPart,
  type LanguageModelTool,
  LanguageModelToolResult,
  l10n,
  lm,
} from 'vscode';
import { toolIds } from '../../contributions.ts';
import { reportOn } from '../../guard/budgetReport.ts';
import type { BudgetsOverview } from '../../workers/budgetProtocol.ts';

/** What the tool must know of the ledger. */
export interface BudgetSource {
  /** How all budgets stand, those of sessions for the ones that were active lately. */
  budgets(): Promise<BudgetsOverview>;
}

export function registerBudgetTool(ledger: BudgetSource): Disposable {
  return lm.registerTool(toolIds.budget, budgetTool(ledger));
}

function budgetTool(ledger: BudgetSource): LanguageModelTool<object> {
  return {
    prepareInvocation: () => ({ invocationMessage: l10n.t('Looking at the budgets') }),
    invoke: async () => {
      const { standings } = await ledger.budgets();
      return new LanguageModelToolResult([new LanguageModelTextPart(JSON.stringify(reportOn(standings)))]);
    },
  };
}
