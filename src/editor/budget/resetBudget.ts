/** Ending the budget period of a session, or of all, so that it may spend anew. */

import { l10n, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import { agentNames } from '../../domain/agent.ts';
import type { SessionNode } from '../../ledger/views.ts';
import type { SessionRef } from '../../workers/ledgerProtocol.ts';
import type { Format } from '../format.ts';
import { withoutIcons } from '../plainText.ts';
import { budgetSentence } from '../sessions/rowLook.ts';
import { sessionName } from '../sessions/sessionName.ts';
import { setSessionBudget } from './sessionBudget.ts';

interface ResetItem extends QuickPickItem {
  /** `null` for all sessions. */
  readonly session?: SessionRef | null;
}

/** Asks which budget to reset. @returns `undefined` when nothing is to be reset */
export async function pickBudgetToReset(
  sessions: readonly SessionNode[],
  format: Format,
): Promise<SessionRef | null | undefined> {
  const budgeted = sessions.filter(({ budget }) => budget !== null);
  if (budgeted.length === 0) return offerBudget(sessions.length > 0);
  const picked = await window.showQuickPick<ResetItem>(resetItems(budgeted, format), {
    title: l10n.t('Reset Budget'),
    placeHolder: l10n.t('Session that may spend its budget anew'),
    matchOnDetail: true,
  });
  return picked?.session;
}

async function offerBudget(hasSessions: boolean): Promise<undefined> {
  if (!hasSessions) {
    void window.showInformationMessage(l10n.t('There is no session whose budget could be reset.'));
    return;
  }
  const set = l10n.t('Set Session Budget…');
  const answer = await window.showInformationMessage(l10n.t('Sessions have no budget yet.'), set);
  if (answer === set) await setSessionBudget();
}

function resetItems(sessions: readonly SessionNode[], format: Format): ResetItem[] {
  const isPressed = ({ budget }: SessionNode) => budget !== null && budget.level !== 'within';
  const pressed = sessions.filter(isPressed);
  const others = sessions.filter((session) => !isPressed(session));
  return [
    ...group(l10n.t('over or near budget'), pressed, format),
    ...group(l10n.t('other sessions'), others, format),
    { label: '', kind: QuickPickItemKind.Separator },
    { label: l10n.t('All Sessions'), session: null },
  ];
}

function group(label: string, sessions: readonly SessionNode[], format: Format): ResetItem[] {
  if (sessions.length === 0) return [];
  return [
    { label, kind: QuickPickItemKind.Separator },
    ...sessions.map((session) => ({
      label: withoutIcons(sessionName(session, format)),
      description: agentNames[session.agent],
      detail: budgetSentence(session, format),
      session: { agent: session.agent, key: session.key },
    })),
  ];
}
