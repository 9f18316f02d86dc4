/** The clock on the arm: how long the nearest budget will last, in the status bar. */

import { type Disposable, l10n, StatusBarAlignment, type StatusBarItem, ThemeColor, window } from 'vscode';
import { statusItemIds, viewIds } from '../../contributions.ts';
import type { Standing } from '../../domain/budget.ts';
import type { BudgetsOverview } from '../../workers/budgetProtocol.ts';
import type { Format } from '../format.ts';
import { standingsTooltip } from './budgetTooltip.ts';
import { type ClockText, clockText, isSameClock } from './clockText.ts';

/** Beside the estimate, to its right. */
const priority = 99;
const backgrounds = {
  warning: 'statusBarItem.warningBackground',
  error: 'statusBarItem.errorBackground',
} as const;

export class BudgetClock implements Disposable {
  readonly #item: StatusBarItem;
  readonly #format: Format;
  #shown: ClockText | undefined;
  #tooltip = '';

  constructor(format: Format) {
    this.#format = format;
    this.#item = window.createStatusBarItem(statusItemIds.clock, StatusBarAlignment.Right, priority);
    this.#item.name = l10n.t('Token Burn: time left of the budget');
    this.#item.command = `${viewIds.budgets}.focus`;
  }

  /** `undefined` while it is hidden. */
  get shown(): ClockText | undefined {
    return this.#shown;
  }

  /** @param nameOf what a budget, or the session whose it is, is called */
  show(overview: BudgetsOverview, nameOf: (standing: Standing) => string): void {
    const next = clockText(overview, this.#shown?.left, nameOf, this.#format);
    this.#drawTooltip(overview, nameOf);
    if (next === undefined) this.#item.hide();
    else if (this.#shown === undefined || !isSameClock(this.#shown, next)) this.#draw(next);
    this.#shown = next;
  }

  dispose(): void {
    this.#item.dispose();
  }

  #draw({ text, label, background }: ClockText): void {
    this.#item.text = text;
    this.#item.accessibilityInformation = { label };
    this.#item.backgroundColor = background === null ? undefined : new ThemeColor(backgrounds[background]);
    this.#item.show();
  }

  #drawTooltip({ standings, rateWindowMs }: BudgetsOverview, nameOf: (standing: Standing) => string): void {
    const active = standings.filter(({ budget }) => !budget.isPaused);
    const tooltip = standingsTooltip(active, rateWindowMs, nameOf, {
      format: this.#format,
      nowMs: Date.now(),
    });
    if (tooltip.value === this.#tooltip) return;
    this.#tooltip = tooltip.value;
    this.#item.tooltip = tooltip;
  }
}
