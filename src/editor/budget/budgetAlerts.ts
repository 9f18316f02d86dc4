/** Warning aloud, once, when a budget is spent: one message at a time, and none while VS Code starts. */

import { commands, type Disposable, l10n, window } from 'vscode';
import { viewIds } from '../../contributions.ts';
import type { Cause, Standing } from '../../domain/budget.ts';
import type { Format } from '../format.ts';
import { Delay, Lifetime } from '../lifetime.ts';
import { readSetting, writeSetting } from '../settings.ts';
import { spentOfLimit } from './amountWords.ts';
import type { BudgetCommand, BudgetTarget } from './budgetCommands.ts';
import { causeSentence } from './causeWords.ts';

const quietStartMs = 10_000;
/** A message that nobody answers moves to the notification centre: the next one need not wait for it. */
const longestTurnMs = 30_000;

/** A line that was crossed. */
export interface Crossing {
  readonly standing: Standing;
  readonly cause: Cause;
}

export interface AlertActions {
  run(command: BudgetCommand, target: BudgetTarget): Promise<void>;
  /** What a budget, or the session whose it is, is called. */
  nameOf(standing: Standing): string;
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

  /** Warns of a budget that was spent just now. What is near or almost spent is shown by colours alone. */
  warn(crossing: Crossing): void {
    if (crossing.standing.level !== 'over' || !readSetting('tokenBurn.budget.warn')) return;
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
    const act = target.session === undefined ? show : stop;
    const answer = await window.showWarningMessage(
      this.#message(crossings, newest),
      act,
      raise,
      snooze,
      never,
    );
    if (answer === stop) await this.#actions.run('stop', target);
    if (answer === show) await commands.executeCommand(`${viewIds.budgets}.focus`);
    if (answer === raise) await this.#actions.run('raise', target);
    if (answer === snooze) await this.#actions.run('snooze', target);
    if (answer === never) await writeSetting('tokenBurn.budget.warn', false);
  }

  #message(crossings: readonly Crossing[], { standing, cause }: Crossing): string {
    const name = this.#actions.nameOf(standing);
    const amounts = spentOfLimit(standing, this.#format);
    const sentence =
      crossings.length === 1
        ? l10n.t('Over budget: {0}, {1} spent.', name, amounts)
        : l10n.t(
            'Over budget: {0}. The last is {1}, {2} spent.',
            this.#format.count(crossings.length),
            name,
            amounts,
          );
    return [sentence, ...causeSentence(cause, standing, this.#format)].join(' ');
  }
}

/** The session that a budget over a time was spent by is the one to stop. */
function targetOf({ standing, cause }: Crossing): BudgetTarget {
  const session = standing.session ?? cause.session;
  return { budget: standing.budget, ...(session && { session }) };
}
