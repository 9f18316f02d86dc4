/** Ending the period of a budget, of one or of all, so that it counts anew. */

import { l10n, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { SessionKey, Standing } from '../../domain/budget.ts';
import { withoutIcons } from '../plainText.ts';
import { sessionName } from '../sessions/sessionName.ts';
import { spentOfLimit } from './amountWords.ts';
import type { BudgetCommandParts, BudgetTarget } from './budgetCommands.ts';
import { offerBudget } from './budgetPick.ts';
import { budgetName } from './budgetWords.ts';
import { levelName } from './levels.ts';

interface Reset {
  /** `null` for all. */
  readonly budget: string | null;
  readonly session: SessionKey | null;
}

interface ResetItem extends QuickPickItem {
  readonly reset?: Reset;
}

/** Of a session all budgets are reset that are its own. */
export async function resetBudget(parts: BudgetCommandParts, target: BudgetTarget): Promise<void> {
  const reset = resetOf(target) ?? (await pickReset(parts));
  if (reset === undefined) return;
  const isAll = reset.budget === null && reset.session === null;
  if (isAll && !(await isConfirmed())) return;
  await parts.ledger.resetBudget(reset);
  await parts.refresh();
}

function resetOf({ budget, session }: BudgetTarget): Reset | undefined {
  if (session !== undefined) return { budget: null, session: { agent: session.agent, key: session.key } };
  return budget === undefined ? undefined : { budget: budget.id, session: null };
}

async function pickReset(parts: BudgetCommandParts): Promise<Reset | undefined> {
  const { budgets, standings } = await parts.ledger.budgets();
  if (budgets.length === 0) return offerBudget(parts);
  const picked = await window.showQuickPick<ResetItem>(resetItems(standings, parts), {
    title: l10n.t('Reset Budget'),
    placeHolder: l10n.t('Budget that is to count anew from now on'),
    matchOnDescription: true,
  });
  return picked?.reset;
}

function resetItems(standings: readonly Standing[], parts: BudgetCommandParts): ResetItem[] {
  const { format } = parts;
  const overTime = standings.filter(({ session, budget }) => {
    return session === null && budget.unit !== 'planShare' && !budget.isPaused;
  });
  const ofTime = overTime.map((standing): ResetItem => {
    const { budget } = standing;
    return {
      label: withoutIcons(budgetName(budget, format)),
      description: amounts(standing, parts),
      reset: { budget: budget.id, session: null },
    };
  });
  return [
    ...ofTime,
    ...sessionItems(parts),
    { label: '', kind: QuickPickItemKind.Separator },
    {
      label: l10n.t('All Budgets'),
      description: l10n.t('of all times and sessions'),
      reset: { budget: null, session: null },
    },
  ];
}

/** Those that are over or near stand first. */
function sessionItems(parts: BudgetCommandParts): ResetItem[] {
  const sessions = parts
    .sessions()
    .flatMap((session) => (session.budget === null ? [] : [{ session, standing: session.budget }]));
  const pressed = sessions.filter(({ standing }) => standing.level !== 'within');
  const others = sessions.filter(({ standing }) => standing.level === 'within');
  return [
    ...group(l10n.t('sessions over or near budget'), pressed, parts),
    ...group(l10n.t('other sessions'), others, parts),
  ];
}

type Held = {
  readonly session: ReturnType<BudgetCommandParts['sessions']>[number];
  readonly standing: Standing;
};

function group(label: string, sessions: readonly Held[], parts: BudgetCommandParts): ResetItem[] {
  if (sessions.length === 0) return [];
  return [
    { label, kind: QuickPickItemKind.Separator },
    ...sessions.map(({ session, standing }) => ({
      label: withoutIcons(sessionName(session, parts.format)),
      description: amounts(standing, parts),
      reset: { budget: null, session: { agent: session.agent, key: session.key } },
    })),
  ];
}

function amounts(standing: Standing, { format }: BudgetCommandParts): string {
  return `${spentOfLimit(standing, format)}, ${levelName(standing.level)}`;
}

/** What was reset cannot be brought back. */
async function isConfirmed(): Promise<boolean> {
  const reset = l10n.t('Reset All Budgets');
  const answer = await window.showWarningMessage(
    l10n.t('Have every budget count anew from now on?'),
    { modal: true, detail: l10n.t('What was spent until now counts against none of them any more.') },
    reset,
  );
  return answer === reset;
}
