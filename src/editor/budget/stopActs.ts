/** What can be done from here about a session that goes on after it was to stop. */

import { commands, l10n, window } from 'vscode';
import type { CommandId } from '../../contributions.ts';
import { type AgentId, agentNames } from '../../domain/agent.ts';
import type { SessionKey } from '../../domain/budget.ts';
import type { GuardState } from '../guard/guardState.ts';

/** What a button does. */
export interface StopAct {
  readonly title: string;
  run(): Promise<void>;
}

export interface StopReach {
  guardStateOf(agent: AgentId): Promise<GuardState>;
  /** The id of the process that is the session's beyond doubt; `null` where none is. */
  processOf(session: SessionKey): Promise<number | null>;
  /** Tells it to stop, as Ctrl+C does. @returns whether it was told */
  interrupt(session: SessionKey, process: number): Promise<boolean>;
}

/** An end to what goes on, and what it is that ends. */
export interface EndAct extends StopAct {
  readonly where: string;
}

export interface StopActs {
  readonly end: EndAct | null;
  /** Lets the next stop hold. */
  readonly guard: StopAct | null;
}

/** What cannot be found out is not offered. */
export async function actsOn(session: SessionKey, reach: StopReach): Promise<StopActs> {
  const { agent } = session;
  const [state, process] = await Promise.all([
    reach.guardStateOf(agent).catch(() => null),
    reach.processOf(session).catch(() => null),
  ]);
  return {
    end: endAct(session, process, reach),
    guard: state === 'unguarded' ? guardAct() : null,
  };
}

function endAct(session: SessionKey, process: number | null, reach: StopReach): EndAct | null {
  if (session.agent === 'copilot-chat') return cancelAct();
  return process === null ? null : interruptAct(session, process, reach);
}

function interruptAct(session: SessionKey, process: number, reach: StopReach): EndAct {
  const agent = agentNames[session.agent];
  return {
    title: l10n.t('Interrupt {0}', agent),
    where: l10n.t('{0} runs it as process {1}.', agent, String(process)),
    run: async () => {
      const isTold = await reach.interrupt(session, process).catch(() => false);
      if (isTold) {
        void window.showInformationMessage(l10n.t('{0} was told to stop, as by Ctrl+C.', agent));
      } else {
        void window.showErrorMessage(
          l10n.t('{0} could not be interrupted, or has ended. End it in its own program.', agent),
        );
      }
    },
  };
}

function cancelAct(): EndAct {
  return {
    title: l10n.t('Cancel in Chat'),
    where: l10n.t('The request of the chat that had the focus last can be cancelled from here.'),
    run: async () => {
      await commands.executeCommand('workbench.action.chat.cancel');
    },
  };
}

function guardAct(): StopAct {
  return {
    title: l10n.t('Guard Agents…'),
    run: async () => {
      await commands.executeCommand('tokenBurn.guardAgents' satisfies CommandId);
    },
  };
}
