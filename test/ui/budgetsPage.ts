/** The budgets view and the form that makes a budget, on the page. */

import type { Locator, Page } from 'playwright-core';

/** What is picked in the form, question by question; `limit` is typed in place of what is suggested. */
export interface BudgetAnswers {
  readonly time: string;
  readonly counts?: string;
  readonly whose?: string;
  readonly limit?: string;
  readonly settings?: string;
}

export class BudgetsPage {
  readonly #page: Page;
  readonly tree: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.tree = page.getByRole('tree', { name: 'Budgets' });
  }

  /** @param says what a screen reader must say of the row */
  row(says: RegExp): Locator {
    return this.tree.getByRole('treeitem', { name: says });
  }

  /** Presses the button that comes into sight on a row under the mouse. */
  async press(row: Locator, action: string): Promise<void> {
    await row.hover();
    await row.getByRole('button', { name: action }).click();
  }

  /** Waits for a question of the form. */
  question(name: string): Locator {
    return this.#page.locator('.quick-input-title').filter({ hasText: `Add Budget: ${name}` });
  }

  /** The box for what is typed. */
  box(): Locator {
    return this.#page.locator('.quick-input-widget').getByRole('textbox');
  }

  /** Answers the form that the command has opened, up to its end. */
  async fill({ time, counts, whose, limit, settings }: BudgetAnswers): Promise<void> {
    await this.pick('Time', time);
    await this.pick('What it counts', counts ?? 'Money at list price');
    await this.pick('Whose use', whose ?? 'All use on this machine');
    await this.question('Limit').waitFor();
    if (limit !== undefined) await this.box().fill(limit);
    await this.#page.keyboard.press('Enter');
    await this.pick('Settings', settings ?? 'My settings');
    await this.question('Settings').waitFor({ state: 'hidden' });
  }

  async pick(question: string, label: string): Promise<void> {
    await this.question(question).waitFor();
    await this.#page.getByRole('option', { name: label }).first().click();
  }

  /** The same without the mouse. */
  async pickByKeyboard(question: string, label: string): Promise<void> {
    await this.question(question).waitFor();
    await this.#page.keyboard.type(label);
    const first = this.#page.getByRole('listbox').getByRole('option').first();
    await first.filter({ hasText: label }).waitFor();
    await this.#page.keyboard.press('Enter');
  }
}
