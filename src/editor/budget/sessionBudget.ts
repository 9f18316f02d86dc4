/** Setting the budget of a session. */

import { l10n, window } from 'vscode';
import { readSetting, writeSetting } from '../settings.ts';
import { parseBudget } from './budgetInput.ts';

export async function setSessionBudget(): Promise<void> {
  const text = await window.showInputBox({
    title: l10n.t('Budget of a Session'),
    prompt: l10n.t(
      'Dollars at list price that one session may cost with its sub-agents. Empty for no budget.',
    ),
    value: String(readSetting('tokenBurn.budget.session') ?? ''),
    validateInput: (input) =>
      parseBudget(input).kind === 'invalid'
        ? l10n.t('Write an amount above zero with a decimal point, such as 2.50.')
        : undefined,
  });
  if (text === undefined) return;
  const budget = parseBudget(text);
  if (budget.kind === 'invalid') return;
  await writeSetting('tokenBurn.budget.session', budget.kind === 'none' ? undefined : budget.dollars);
}
