/** Being left alone by alerts for a while: of a budget, or of all. What is spent is shown in any case. */

import { l10n, type QuickPickItem, window } from 'vscode';
import { startOfDay } from '../days.ts';
import { withoutIcons } from '../plainText.ts';
import type { BudgetCommandParts, BudgetTarget } from './budgetCommands.ts';
import { budgetName } from './budgetWords.ts';

interface SnoozeItem extends QuickPickItem {
  readonly untilMs: number;
}

const hourMs = 3_600_000;

export async function snoozeAlerts(parts: BudgetCommandParts, { budget }: BudgetTarget): Promise<void> {
  const name = budget === undefined ? undefined : withoutIcons(budgetName(budget, parts.format));
  const picked = await window.showQuickPick(snoozeItems(new Date()), {
    title:
      name === undefined ? l10n.t('Snooze Budget Alerts') : l10n.t('Snooze Alerts of the Budget {0}', name),
    placeHolder: l10n.t('For how long is nothing to be said?'),
  });
  if (picked === undefined) return;
  const { untilMs } = picked;
  await parts.ledger.snooze({ budget: budget?.id ?? null, session: null, untilMs });
  await parts.refresh();
  void window.showInformationMessage(
    untilMs > Date.now()
      ? l10n.t('Alerts snoozed until {0}.', parts.format.shortMoment(untilMs))
      : l10n.t('Alerts are told again.'),
  );
}

function snoozeItems(now: Date): readonly SnoozeItem[] {
  const nowMs = now.getTime();
  return [
    { label: l10n.t('An hour'), untilMs: nowMs + hourMs },
    { label: l10n.t('Until tomorrow'), untilMs: startOfDay(now, 1) },
    { label: l10n.t('A week'), untilMs: nowMs + 7 * 24 * hourMs },
    { label: l10n.t('Not at all'), description: l10n.t('ends a snooze'), untilMs: nowMs },
  ];
}
