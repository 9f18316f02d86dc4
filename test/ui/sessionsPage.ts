/** The sessions view on the page. */

import type { Locator, Page } from 'playwright-core';
import { focusedRowIn } from './focusedRow.ts';

export class SessionsPage {
  readonly #page: Page;
  readonly #tree: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#tree = page.getByRole('tree', { name: 'Sessions' });
  }

  /** All rows, those hidden in collapsed rows left out. */
  rows(): Locator {
    return this.#tree.getByRole('treeitem');
  }

  /**
   * The rows of sessions and of sub-agents with this title.
   *
   * @param says what a screen reader must say of them beside it
   */
  row(title: string, says = /(?:)/): Locator {
    const name = new RegExp(`^${title}, (?:session of|sub-agent).*${says.source}`);
    return this.#tree.getByRole('treeitem', { name });
  }

  async expand(row: Locator): Promise<void> {
    await row.click();
    await row.and(this.#page.locator('[aria-expanded="true"]')).waitFor();
    await this.#page.mouse.move(0, 0);
  }

  /** What stands above the rows; empty where there is nothing. */
  async message(): Promise<string> {
    const view = this.#page.locator('.tree-explorer-viewlet-tree-view').filter({ has: this.#tree });
    return (await view.locator('.message').innerText()).trim();
  }

  /** What a screen reader says of the row that the keyboard is on. */
  focusedRow(): Promise<string> {
    return focusedRowIn(this.#tree);
  }
}
