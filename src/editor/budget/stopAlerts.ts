/** Says when a session went on after it was stopped: at once, and louder when it still does after a while. */

import { commands, l10n, window } from 'vscode';
import type { SessionKey } from '../../domain/budget.ts';
import type { StopThatDidNotHold } from '../../oversight/stops.ts';

const againMs = 10 * 60_000;

export interface StopAlertActions {
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
  async tell({ session, atMs, calls }: StopThatDidNotHold, nowMs: number): Promise<void> {
    const id = `${session.agent}:${session.key}:${atMs}`;
    const toldMs = this.#told.get(id);
    if (toldMs !== undefined && nowMs - toldMs < againMs) return;
    this.#told.set(id, nowMs);
    const show = l10n.t('Show Session');
    // The request of whichever chat had the focus last: none is cancelled unasked.
    const cancel = session.agent === 'copilot-chat' ? [l10n.t('Cancel in Chat')] : [];
    const message = l10n.t(
      'The session {0} goes on after it was to stop; calls of a model since then: {1}. End it in its own program.',
      this.#actions.sessionName(session),
      calls,
    );
    const say = toldMs === undefined ? window.showWarningMessage : window.showErrorMessage;
    const answer = await say(message, show, ...cancel);
    if (answer === show) await this.#actions.show(session);
    else if (answer !== undefined) await commands.executeCommand('workbench.action.chat.cancel');
  }
}
