/** Warning aloud, once, of what was spent: one message at a time, and none while VS Code starts. */

import { commands, type Disposable, l10n, window } from 'vscode';
import { viewIds } from '../../contributions.ts';
import type { BudgetEvent } from '../../workers/budgetProtocol.ts';
import type { Format } from '../format.ts';
import { Delay, Lifetime } from '../lifetime.ts';
import { readSetting, writeSetting } from '../settings.ts';
import { type AlertNames, alertSentence } from './alertWords.ts';
import type { BudgetCommand, BudgetTarget } from './budgetCommands.ts';

const quietStartMs = 10_000;
/** A message that nobody answers moves to the notification centre: the next one need not wait for it. */
const longestTurnMs = 30_000;

/** A line that was crossed: of a budget, or of what sessions usually come to. */
export type Crossing = Exclude<BudgetEvent, { readonly type: 'stopDidNotHold' }>;

export interface AlertActions extends AlertNames {
  run(command: BudgetCommand, target: BudgetTarget): Promise<void>;
}

export class BudgetAlerts implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #next = this.#lifetime.add(new Delay(() => void this.#showNext()));
  readonly #actions: AlertActions;
  readonly #format: Format;
  #waiting: Crossing[] = [];

  /** @param quietMs how long nothing is said, from now */
  constructor(actions: AlertActions, format: Format, quietMs = quietStartMs) {
    this.#actions = actions;
    this.#format = format;
    this.#next.restart(quietMs);
  }

  /** Warns of what was crossed just now. What is near or almost spent is shown by colours alone. */
  warn(crossing: Crossing): void {
    if (!isAloud(crossing) || !readSetting('tokenBurn.budget.warn')) return;
    this.#waiting.push(crossing);
    this.#next.startUnlessRunning(0);
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  async #showNext(): Promise<void> {
    const crossings = this.#waiting;
    const [newest] = crossings.slice(-1);
    if (newest === undefined) return;
    this.#waiting = [];
    this.#next.restart(longestTurnMs);
    await this.#ask(crossings, newest);
    this.#next.restart(0);
  }

  async #ask(crossings: readonly Crossing[], newest: Crossing): Promise<void> {
    const target = targetOf(newest);
    const stop = l10n.t('Stop Session');
    const show = l10n.t('Show Budgets');
    const raise = l10n.t('Raise…');
    const snooze = l10n.t('Snooze…');
    const never = l10n.t("Don't Warn Again");
    const answer = await window.showWarningMessage(
      this.#message(crossings, newest),
      target.session === undefined ? show : stop,
      ...(target.budget === undefined ? [] : [raise]),
      snooze,
      never,
    );
    if (answer === stop) await this.#actions.run('stop', target);
    if (answer === show) await commands.executeCommand(`${viewIds.budgets}.focus`);
    if (answer === raise) await this.#actions.run('raise', target);
    if (answer === snooze) await this.#actions.run('snooze', target);
    if (answer === never) await writeSetting('tokenBurn.budget.warn', false);
  }

  #message(crossings: readonly Crossing[], newest: Crossing): string {
    const sentence = alertSentence(newest, this.#actions, this.#format);
    if (crossings.length === 1) return sentence;
    return l10n.t('{0} Other alerts: {1}.', sentence, this.#format.count(crossings.length - 1));
  }
}

function isAloud(crossing: Crossing): boolean {
  if (crossing.type === 'budgetCrossed') return crossing.standing.level === 'over';
  return crossing.standing.step !== 'within' && crossing.standing.step !== 'noted';
}

/** The session that a budget over a time was spent by is the one to stop. */
function targetOf(crossing: Crossing): BudgetTarget {
  if (crossing.type === 'estimateCrossed') return { session: crossing.standing.session };
  const { budget, session } = crossing.standing;
  const spender = session ?? crossing.cause.session;
  return { budget, ...(spender && { session: spender }) };
}
