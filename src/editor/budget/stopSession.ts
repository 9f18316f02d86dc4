/** Stopping a session now, and letting it go on. */

import { l10n, window } from 'vscode';
import type { SessionKey } from '../../domain/budget.ts';
import type { SessionNode } from '../../ledger/views.ts';
import { withoutLinks } from '../plainText.ts';
import { sessionName } from '../sessions/sessionName.ts';
import type { BudgetCommandParts, BudgetTarget } from './budgetCommands.ts';
import { pickSession } from './budgetPick.ts';
import { heldBack } from './heldBack.ts';

export async function stopSession(parts: BudgetCommandParts, target: BudgetTarget): Promise<void> {
  const session = target.session ?? (await pickStopped(parts));
  if (session === undefined) return;
  const key = { agent: session.agent, key: session.key };
  const isKnown = await parts.ledger.stopSession(key);
  await parts.refresh();
  const name = nameOf(key, parts);
  if (!isKnown) {
    void window.showWarningMessage(l10n.t('{0} is not known any more.', name));
    return;
  }
  const release = l10n.t('Release Session');
  const answer = await window.showInformationMessage(
    l10n.t(
      '{0} is to stop. An agent with a guard does so at its next step; end others in their own program.',
      name,
    ),
    release,
  );
  if (answer === release) await releaseSession(parts, { session: key });
}

/** Those at work first. */
function pickStopped(parts: BudgetCommandParts): Promise<SessionNode | undefined> {
  const sessions = parts.sessions().filter(({ stop }) => stop === null);
  return pickSession(
    sessions.toSorted((a, b) => Number(b.isRunning) - Number(a.isRunning)),
    l10n.t('Stop Session Now'),
    l10n.t('There is no session that could be stopped.'),
    parts,
    ({ isRunning }) => (isRunning ? l10n.t('running') : l10n.t('idle')),
  );
}

/** A budget that is spent is raised, so that the session can go on: by how much the ledger says. */
export async function releaseSession(parts: BudgetCommandParts, target: BudgetTarget): Promise<void> {
  const session = target.session ?? (await pickReleased(parts));
  if (session === undefined) return;
  const key = { agent: session.agent, key: session.key };
  const released = await parts.ledger.releaseSession(key);
  await parts.refresh();
  if (released === 0)
    void window.showInformationMessage(l10n.t('{0} was not held back.', nameOf(key, parts)));
}

async function pickReleased(parts: BudgetCommandParts): Promise<SessionNode | undefined> {
  const { standings } = await parts.ledger.budgets();
  return pickSession(
    heldBack(parts.sessions(), standings),
    l10n.t('Release Session'),
    l10n.t('No session is stopped, and none is over its budget.'),
    parts,
    held,
  );
}

function held({ stop, budget }: SessionNode): string {
  if (stop !== null) return l10n.t('stopped');
  return budget?.level === 'over' ? l10n.t('over budget') : '';
}

function nameOf({ agent, key }: SessionKey, parts: BudgetCommandParts): string {
  const found = parts.sessions().find((session) => session.agent === agent && session.key === key);
  return found === undefined
    ? l10n.t('The session')
    : l10n.t('The session "{0}"', withoutLinks(sessionName(found, parts.format)));
}
