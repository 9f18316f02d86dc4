/** Setting the budget of a session. */

import { l10n, window } from 'vscode';
import { parseBudget } from './budgetInput.ts';
import { readSessionLimit, writeSessionLimit } from './budgetSettings.ts';

export async function setSessionBudget(): Promise<void> {
  const text = await window.showInputBox({
    title: l10n.t('Budget of a Session'),
    prompt: l10n.t(
      'Dollars at list price that one session may cost with its sub-agents. Empty for no budget.',
    ),
    value: String(readSessionLimit() ?? ''),
    validateInput: (input) =>
      parseBudget(input).kind === 'invalid'
        ? l10n.t('Write an amount above zero with a decimal point, such as 2.50.')
        : undefined,
  });
  if (text === undefined) return;
  const budget = parseBudget(text);
  if (budget.kind === 'invalid') return;
  await writeSessionLimit(budget.kind === 'none' ? undefined : budget.dollars);
}
