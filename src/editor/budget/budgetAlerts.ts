/** Warning aloud, once, when a session crosses its budget: one message at a time, and none while VS Code starts. */

import { type Disposable, l10n, window } from 'vscode';
import type { SessionNode } from '../../ledger/views.ts';
import type { Format } from '../format.ts';
import { Delay, Lifetime } from '../lifetime.ts';
import { withoutLinks } from '../plainText.ts';
import { sessionName } from '../sessions/sessionName.ts';
import { spentText } from '../sessions/sums.ts';
import { readSetting, writeSetting } from '../settings.ts';

const quietStartMs = 10_000;
/** A message that nobody answers moves to the notification centre: the next one need not wait for it. */
const longestTurnMs = 30_000;

export interface AlertActions {
  reset(sessions: readonly SessionNode[]): Promise<void>;
  show(session: SessionNode): Promise<void>;
}

export class BudgetAlerts implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #next = this.#lifetime.add(new Delay(() => void this.#showNext()));
  readonly #actions: AlertActions;
  readonly #format: Format;
  #waiting: SessionNode[] = [];

  /** @param quietMs how long nothing is said, from now */
  constructor(actions: AlertActions, format: Format, quietMs = quietStartMs) {
    this.#actions = actions;
    this.#format = format;
    this.#next.restart(quietMs);
  }

  /** Warns of a session that crossed its budget just now. */
  warn(session: SessionNode): void {
    if (!readSetting('tokenBurn.budget.warn')) return;
    this.#waiting.push(session);
    this.#next.startUnlessRunning(0);
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  async #showNext(): Promise<void> {
    const sessions = this.#waiting;
    const [newest] = sessions.slice(-1);
    if (newest === undefined) return;
    this.#waiting = [];
    this.#next.restart(longestTurnMs);
    await this.#ask(sessions, newest);
    this.#next.restart(0);
  }

  async #ask(sessions: readonly SessionNode[], newest: SessionNode): Promise<void> {
    const reset = l10n.t('Reset Budget');
    const show = l10n.t('Show Session');
    const never = l10n.t("Don't Warn Again");
    const message = this.#message(sessions, newest);
    const answer = await window.showWarningMessage(message, show, reset, never);
    if (answer === reset) await this.#actions.reset(sessions);
    if (answer === show) await this.#actions.show(newest);
    if (answer === never) await writeSetting('tokenBurn.budget.warn', false);
  }

  #message(sessions: readonly SessionNode[], newest: SessionNode): string {
    const name = withoutLinks(sessionName(newest, this.#format));
    const spent = newest.budget ? spentText(newest.budget, this.#format) : '';
    const limit = newest.budget ? this.#format.dollars(newest.budget.limit) : '';
    return sessions.length === 1
      ? l10n.t('The session "{0}" is over its budget: {1} of {2} spent, at list price.', name, spent, limit)
      : l10n.t(
          'Sessions over their budget of {2}: {0}. The last is "{1}".',
          this.#format.count(sessions.length),
          name,
          limit,
        );
  }
}
