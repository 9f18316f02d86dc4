/** Picking one of the budgets that are in force, and one of the newest sessions. */

import { l10n, type QuickPickItem, window } from 'vscode';
import { agentNames } from '../../domain/agent.ts';
import type { Budget, SessionKey } from '../../domain/budget.ts';
import type { SessionNode } from '../../ledger/views.ts';
import type { Format } from '../format.ts';
import { withoutIcons, withoutLinks } from '../plainText.ts';
import { sessionName } from '../sessions/sessionName.ts';
import { costText } from '../sessions/sums.ts';
import { addBudget } from './addBudget.ts';
import { amountText } from './amountWords.ts';
import type { BudgetCommandParts } from './budgetCommands.ts';
import { budgetName } from './budgetWords.ts';

interface Item<Value> extends QuickPickItem {
  readonly value: Value;
}

/** Offers to add one where there is none. @param fits which may be picked */
export async function pickBudget(
  parts: BudgetCommandParts,
  title: string,
  fits: (budget: Budget) => boolean = () => true,
): Promise<Budget | undefined> {
  const { budgets } = await parts.ledger.budgets();
  const fitting = budgets.filter(fits);
  if (budgets.length === 0) return offerBudget(parts);
  if (fitting.length === 0) {
    void window.showInformationMessage(l10n.t('There is no budget for which that can be done.'));
    return undefined;
  }
  const items = fitting.map((budget) => budgetItem(budget, parts.format));
  const picked = await window.showQuickPick(items, { title, placeHolder: l10n.t('Which budget?') });
  return picked?.value;
}

export async function offerBudget(parts: BudgetCommandParts): Promise<undefined> {
  const add = l10n.t('Add Budget…');
  const answer = await window.showInformationMessage(l10n.t('There is no budget yet.'), add);
  if (answer === add) await addBudget(parts, {});
}

function budgetItem(budget: Budget, format: Format): Item<Budget> {
  const limit = amountText(budget.limit, budget.unit, format);
  return {
    label: withoutIcons(budgetName(budget, format)),
    description: budget.isPaused ? l10n.t('{0}, paused', limit) : limit,
    value: budget,
  };
}

/** What tells sessions of one title apart. */
function whichOf({ tree, lastMs, isRunning }: SessionNode, format: Format): readonly string[] {
  return [costText(tree, format), isRunning ? l10n.t('running') : format.ago(lastMs, Date.now())];
}

/** Says so where there is none. @param describe what to say of a session beside its name */
export async function pickSession(
  sessions: readonly SessionNode[],
  title: string,
  nothing: string,
  { format }: BudgetCommandParts,
  describe: (session: SessionNode) => string = () => '',
): Promise<SessionNode | undefined> {
  if (sessions.length === 0) {
    void window.showInformationMessage(nothing);
    return undefined;
  }
  const items = sessions.map((session): Item<SessionNode> => {
    const detail = describe(session);
    return {
      label: withoutIcons(sessionName(session, format)),
      description: [agentNames[session.agent], ...whichOf(session, format)].join(' · '),
      ...(detail !== '' && { detail }),
      value: session,
    };
  });
  const picked = await window.showQuickPick(items, {
    title,
    placeHolder: l10n.t('Which session?'),
    matchOnDetail: true,
  });
  return picked?.value;
}

export function findSession(
  { agent, key }: SessionKey,
  { sessions }: BudgetCommandParts,
): SessionNode | undefined {
  return sessions().find((session) => session.agent === agent && session.key === key);
}

/** As a sentence begins with it. */
export function nameOfSession(key: SessionKey, parts: BudgetCommandParts): string {
  const found = findSession(key, parts);
  return found === undefined
    ? l10n.t('The session')
    : l10n.t('The session "{0}"', withoutLinks(sessionName(found, parts.format)));
}
