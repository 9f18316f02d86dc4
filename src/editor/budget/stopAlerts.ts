/** Says when a session went on after it was stopped, and what can be done: at once, and louder when it still does. */

import { l10n, window } from 'vscode';
import { agentNames } from '../../domain/agent.ts';
import type { SessionKey } from '../../domain/budget.ts';
import type { StopThatDidNotHold } from '../../oversight/stops.ts';
import { actsOn, type StopAct, type StopActs, type StopReach } from './stopActs.ts';

const againMs = 10 * 60_000;

export interface StopAlertActions extends StopReach {
  /** As people know the session, safe in a message. */
  sessionName(session: SessionKey): string;
  show(session: SessionKey): Promise<void>;
}

export class StopAlerts {
  readonly #actions: StopAlertActions;
  /** By stop, when it was told last. */
  readonly #told = new Map<string, number>();

  constructor(actions: StopAlertActions) {
    this.#actions = actions;
  }

  /** @param stop is told anew whenever the session has spent more */
  async tell(stop: StopThatDidNotHold, nowMs: number): Promise<void> {
    const { session, atMs } = stop;
    const id = `${session.agent}:${session.key}:${atMs}`;
    const toldMs = this.#told.get(id);
    if (toldMs !== undefined && nowMs - toldMs < againMs) return;
    this.#told.set(id, nowMs);
    const acts = await actsOn(session, this.#actions);
    const show = { title: l10n.t('Show Session'), run: () => this.#actions.show(session) };
    const say = toldMs === undefined ? window.showWarningMessage : window.showErrorMessage;
    const shown: readonly StopAct[] = [acts.end, acts.guard, show].filter((act) => act !== null);
    const answer = await say(this.#message(stop, acts), ...shown.map(({ title }) => title));
    await shown.find(({ title }) => title === answer)?.run();
  }

  #message({ session, calls, interruptedMs }: StopThatDidNotHold, { end, guard }: StopActs): string {
    const name = this.#actions.sessionName(session);
    if (interruptedMs !== null) {
      return l10n.t(
        'The session {0} went on after it was to stop, and {1} was interrupted. Calls of a model since the stop: {2}.',
        name,
        agentNames[session.agent],
        calls,
      );
    }
    const goesOn = l10n.t(
      'The session {0} goes on after it was to stop; calls of a model since then: {1}.',
      name,
      calls,
    );
    if (end !== null) return l10n.t('{0} {1}', goesOn, end.where);
    return guard === null
      ? l10n.t('{0} End it in its own program.', goesOn)
      : l10n.t('{0} {1} has no guard: end it in its own program.', goesOn, agentNames[session.agent]);
  }
}
