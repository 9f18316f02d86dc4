/** What stands around the sessions tree: today's total beside the title, the message above, the badge on the icon. */

import { l10n, type ViewBadge } from 'vscode';
import { type TotalsByAccount, wholeOf } from '../../domain/account.ts';
import type { SessionNode } from '../../ledger/views.ts';
import type { LedgerStatus } from '../../workers/ledgerProtocol.ts';
import type { Format } from '../format.ts';
import { problemSentences } from './ledgerProblems.ts';
import { spendingText } from './spending.ts';
import { tokensText } from './sums.ts';

export function viewDescription(today: TotalsByAccount, isSample: boolean, format: Format): string {
  if (isSample) return l10n.t('samples');
  const whole = wholeOf(today);
  if (whole.receipts === 0) return l10n.t('today: nothing yet');
  return l10n.t('today: {0} · {1}', spendingText(today, format), tokensText(whole, format));
}

/** Empty when there is nothing to say: a tree without rows then shows its welcome. */
export function viewMessage(status: LedgerStatus, isSample: boolean, format: Format, nowMs: number): string {
  const sentences = [
    ...(isSample ? [l10n.t('These sessions and their budgets are samples, made up to show the view.')] : []),
    ...progressSentences(status, format),
    ...problemSentences(status, format, nowMs),
  ];
  return sentences.join(' ');
}

function progressSentences({ phase, progress }: LedgerStatus, format: Format): string[] {
  if (phase !== 'scanning' || progress === undefined) return [];
  const { filesDone, filesTotal } = progress;
  return [l10n.t('Reading logs: {0} of {1} files.', format.count(filesDone), format.count(filesTotal))];
}

export function overBudgetBadge(sessions: readonly SessionNode[]): ViewBadge | undefined {
  const over = sessions.filter(({ budget }) => budget?.level === 'over').length;
  return over === 0 ? undefined : { value: over, tooltip: l10n.t('Sessions over budget: {0}', over) };
}
