/**
 * What a user can do in VS Code and read from it, for UI tests. Things are found by accessible names and roles, status
 * items by their ids; every wait ends at the page's time limit.
 */

import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { extensionId, outFolder } from '../harness/layout.ts';
import { BudgetsPage } from './budgetsPage.ts';
import { SessionsPage } from './sessionsPage.ts';

/** VS Code's own themes, by the names that they are picked by, and the classes that the page then has. */
const themeClasses = {
  'Light Modern': 'light_modern',
  'Dark Modern': 'dark_modern',
  'Dark High Contrast': 'hc_black',
  'Light High Contrast': 'hc_light',
} as const;

export type Theme = keyof typeof themeClasses;

export class WorkbenchPage {
  /** For what has no method here. */
  readonly page: Page;
  readonly sessions: SessionsPage;
  readonly budgets: BudgetsPage;

  constructor(page: Page) {
    this.page = page;
    this.sessions = new SessionsPage(page);
    this.budgets = new BudgetsPage(page);
  }

  /** Until then keys may go nowhere. */
  async waitUntilReady(): Promise<void> {
    await this.page.getByRole('tab', { name: 'Token Burn' }).waitFor();
  }

  /** @param title with its category, as the palette shows it: `Token Burn: Select Model` */
  async runCommand(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    const palette = this.page.getByRole('textbox', { name: 'Type the name of a command to run.' });
    await palette.fill(`>${title}`);
    await this.#option(title).click();
    await palette.waitFor({ state: 'hidden' });
  }

  /** @param path relative to the workspace */
  async openFile(path: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.page.getByRole('textbox', { name: /^Search files by name/ }).fill(path);
    const name = path.slice(path.lastIndexOf('/') + 1);
    await this.#option(name).click();
    await this.page.getByRole('tab', { name }).waitFor();
  }

  /** Types at the cursor of the editor that is open. */
  async typeInEditor(text: string): Promise<void> {
    await this.page.getByRole('main').getByRole('textbox').focus();
    await this.page.keyboard.type(text);
  }

  /** Selects everything in the editor that is open. */
  async selectAllInEditor(): Promise<void> {
    await this.page.getByRole('main').getByRole('textbox').focus();
    await this.page.keyboard.press('Control+A');
  }

  /** Narrows the list that is open to `label`, and picks the first entry that holds it. */
  async choose(label: string): Promise<void> {
    await this.page.getByRole('listbox').waitFor();
    await this.page.keyboard.type(label);
    await this.#option(label).click();
  }

  /** The same without the mouse. */
  async chooseByKeyboard(label: string): Promise<void> {
    const list = this.page.getByRole('listbox');
    await list.waitFor();
    await this.page.keyboard.type(label);
    await list.getByRole('option').first().filter({ hasText: label }).waitFor();
    await this.page.keyboard.press('Enter');
    await list.waitFor({ state: 'hidden' });
  }

  /** Opens the window anew, as after an update; what was open is open again. */
  async reloadWindow(): Promise<void> {
    const isLoaded = this.page.waitForEvent('load');
    await this.runCommand('Developer: Reload Window');
    await isLoaded;
    await this.waitUntilReady();
  }

  /** A click on the tab of what shows would hide it, and a window opened anew shows what it showed before. */
  async openTokenBurnView(): Promise<void> {
    const sideBar = this.page.locator('.part.sidebar');
    await sideBar.getByRole('heading', { level: 2 }).waitFor();
    const heading = sideBar.getByRole('heading', { name: 'Token Burn', level: 2 });
    if (await heading.isHidden()) await this.page.getByRole('tab', { name: 'Token Burn' }).click();
    await this.page.mouse.move(0, 0);
    await heading.waitFor();
  }

  /** @param id relative to the extension, as in `contributions.ts` */
  statusItem(id: string): Locator {
    return this.page.locator(`[id="${extensionId}.${id}"]`);
  }

  notification(text: string | RegExp): Locator {
    return this.page.getByRole('dialog', { name: text });
  }

  /** Waits for a message, and closes it with all others: the next one of the same words is then a new one. */
  async closeNotification(text: string | RegExp): Promise<void> {
    await this.notification(text).waitFor();
    await this.runCommand('Notifications: Clear All Notifications');
    await this.notification(text).waitFor({ state: 'hidden' });
  }

  /** What a thing tells while the mouse rests on it. */
  async hoverOf(thing: Locator): Promise<Locator> {
    const hover = this.page.getByRole('tooltip').filter({ hasNotText: /^Loading/ });
    for (let left = 3; ; left--) {
      await this.restMouse();
      await thing.hover();
      // A row that is drawn anew under the mouse tells nothing until the mouse comes again.
      const isLast = left === 1;
      const isShown = hover.waitFor({ timeout: 5_000 }).then(() => true);
      if (await (isLast ? isShown : isShown.catch(() => false))) return hover;
    }
  }

  /** Takes the mouse away from everything that tells something. */
  async restMouse(): Promise<void> {
    await this.page.mouse.move(0, 0);
    await this.page.getByRole('tooltip').waitFor({ state: 'hidden' });
  }

  /** Drags the border of the side bar. */
  async widenSideBar(widthPx: number): Promise<void> {
    const sideBar = await this.page.locator('.part.sidebar').boundingBox();
    if (sideBar === null) throw new Error('there is no side bar');
    const { x, y, width } = sideBar;
    await this.page.mouse.move(x + width + 1, y + 100);
    await this.page.mouse.down();
    await this.page.mouse.move(x + widthPx, y + 100, { steps: 5 });
    await this.page.mouse.up();
  }

  async useTheme(theme: Theme): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    await this.choose(theme);
    await this.page.locator(`[class*="themes-${themeClasses[theme]}-json"]`).first().waitFor();
  }

  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: join(outFolder, 'screenshots', `${name}.png`) });
  }

  #option(label: string): Locator {
    return this.page.getByRole('option', { name: label }).first();
  }
}
