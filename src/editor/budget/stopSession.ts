/** Stopping a session now, and letting it go on. */

import { commands, l10n, window } from 'vscode';
import type { CommandId } from '../../contributions.ts';
import { type AgentId, agentNames } from '../../domain/agent.ts';
import type { SessionKey } from '../../domain/budget.ts';
import type { SessionNode } from '../../ledger/views.ts';
import type { GuardState } from '../guard/guardState.ts';
import type { BudgetCommandParts, BudgetTarget } from './budgetCommands.ts';
import { findSession, nameOfSession, pickSession } from './budgetPick.ts';
import { heldBack } from './heldBack.ts';

export async function stopSession(parts: BudgetCommandParts, target: BudgetTarget): Promise<void> {
  const session = target.session ?? (await pickStopped(parts));
  if (session === undefined) return;
  const key = { agent: session.agent, key: session.key };
  const isKnown = await parts.ledger.stopSession(key);
  await parts.refresh();
  if (!isKnown)
    void window.showWarningMessage(l10n.t('{0} is not known any more.', nameOfSession(key, parts)));
  else if (!parts.isSample) await tellStop(key, parts);
}

/** Whether anything will stop it. Nothing does without a guard, and then the way to one is offered. */
async function tellStop(key: SessionKey, parts: BudgetCommandParts): Promise<void> {
  const state = await stopStateOf(key, parts);
  const guard = l10n.t('Guard Agents…');
  const examine = l10n.t('Examine Guards');
  const release = l10n.t('Release Session');
  const ways = { guarded: [], unasked: [examine], unguarded: [guard], impossible: [] }[state];
  const say = state === 'guarded' ? window.showInformationMessage : window.showWarningMessage;
  const text = stopText(state, nameOfSession(key, parts), key.agent);
  const answer = await say(text, ...ways, release);
  if (answer === guard) await commands.executeCommand('tokenBurn.guardAgents' satisfies CommandId);
  if (answer === examine) await commands.executeCommand('tokenBurn.examineGuards' satisfies CommandId);
  if (answer === release) await releaseSession(parts, { session: key });
}

/** `unasked` where the agent has a guard, and this session goes on without asking it. */
type StopState = GuardState | 'unasked';

async function stopStateOf(key: SessionKey, parts: BudgetCommandParts): Promise<StopState> {
  const state = await parts.guardStateOf(key.agent);
  const isUnasked = (findSession(key, parts)?.unguarded ?? null) !== null;
  return state === 'guarded' && isUnasked ? 'unasked' : state;
}

function stopText(state: StopState, session: string, id: AgentId): string {
  const agent = agentNames[id];
  switch (state) {
    case 'guarded':
      // No answer of a hook ends its turn.
      return id === 'copilot-chat'
        ? l10n.t('{0} is to stop: before its next tool {1} waits for what you say there.', session, agent)
        : l10n.t('{0} is to stop: {1} ends its turn at its next step.', session, agent);
    case 'unasked':
      return l10n.t(
        '{0} is to stop, but goes on without asking the guard of {1}. End it in its own program, or see why.',
        session,
        agent,
      );
    case 'unguarded':
      return l10n.t(
        '{0} is to stop, but nothing will stop it: {1} has no guard. End it in its own program, or guard {1}.',
        session,
        agent,
      );
    case 'impossible':
      return l10n.t(
        '{0} is to stop, but nothing will stop it: there is no guard for {1}. End it in its own program.',
        session,
        agent,
      );
  }
}

/** Those at work first. */
function pickStopped(parts: BudgetCommandParts): Promise<SessionNode | undefined> {
  const sessions = parts.sessions().filter(({ stop }) => stop === null);
  return pickSession(
    sessions.toSorted((a, b) => Number(b.isRunning) - Number(a.isRunning)),
    l10n.t('Stop Session Now'),
    l10n.t('There is no session that could be stopped.'),
    parts,
  );
}

/** A budget that is spent is raised, so that the session can go on: by how much the ledger says. */
export async function releaseSession(parts: BudgetCommandParts, target: BudgetTarget): Promise<void> {
  const session = target.session ?? (await pickReleased(parts));
  if (session === undefined) return;
  const key = { agent: session.agent, key: session.key };
  const stops = (findSession(key, parts)?.stop ?? null) === null ? 0 : 1;
  const released = await parts.ledger.releaseSession(key);
  await parts.refresh();
  void window.showInformationMessage(releaseText(nameOfSession(key, parts), released, stops));
}

/** @param released stops and budgets together */
function releaseText(name: string, released: number, stops: number): string {
  if (released === 0) return l10n.t('{0} was not held back.', name);
  return released > stops
    ? l10n.t('{0} may go on: what it may spend was raised.', name)
    : l10n.t('{0} may go on.', name);
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
