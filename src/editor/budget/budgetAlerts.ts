/** Warning aloud, once, when a session crosses its budget: one message at a time, and none while VS Code starts. */

import { type Disposable, l10n, window } from 'vscode';
import { agentNames } from '../../domain/agent.ts';
import type { Spender, Standing } from '../../domain/budget.ts';
import { pico } from '../../domain/money.ts';
import type { BudgetCrossed } from '../../workers/budgetProtocol.ts';
import type { SessionRef } from '../../workers/ledgerProtocol.ts';
import type { Format } from '../format.ts';
import { Delay, Lifetime } from '../lifetime.ts';
import { toPlainLine, withoutLinks } from '../plainText.ts';
import { spentText } from '../sessions/sums.ts';
import { readSetting, writeSetting } from '../settings.ts';

const quietStartMs = 10_000;
/** A message that nobody answers moves to the notification centre: the next one need not wait for it. */
const longestTurnMs = 30_000;

export interface AlertActions {
  reset(sessions: readonly SessionRef[]): Promise<void>;
  show(session: SessionRef): Promise<void>;
}

/** A session that crossed its budget. */
interface Crossed extends Spender {
  readonly standing: Standing;
}

export class BudgetAlerts implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #next = this.#lifetime.add(new Delay(() => void this.#showNext()));
  readonly #actions: AlertActions;
  readonly #format: Format;
  #waiting: Crossed[] = [];

  /** @param quietMs how long nothing is said, from now */
  constructor(actions: AlertActions, format: Format, quietMs = quietStartMs) {
    this.#actions = actions;
    this.#format = format;
    this.#next.restart(quietMs);
  }

  /** Warns of a session that crossed its budget just now. */
  warn({ standing, cause }: BudgetCrossed): void {
    const { session } = cause;
    if (session === null || standing.level !== 'over' || !readSetting('tokenBurn.budget.warn')) return;
    this.#waiting.push({ ...session, standing });
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

  async #ask(sessions: readonly Crossed[], newest: Crossed): Promise<void> {
    const reset = l10n.t('Reset Budget');
    const show = l10n.t('Show Session');
    const never = l10n.t("Don't Warn Again");
    const message = this.#message(sessions, newest);
    const answer = await window.showWarningMessage(message, show, reset, never);
    if (answer === reset) await this.#actions.reset(sessions);
    if (answer === show) await this.#actions.show(newest);
    if (answer === never) await writeSetting('tokenBurn.budget.warn', false);
  }

  #message(sessions: readonly Crossed[], newest: Crossed): string {
    const name = withoutLinks(toPlainLine(newest.title ?? '') || agentNames[newest.agent]);
    const spent = spentText(newest.standing, this.#format);
    const limit = this.#format.dollars(pico(newest.standing.limit));
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
