/**
 * What a user can do in VS Code and read from it, for UI tests. Things are found by accessible names and roles, status
 * items by their ids; every wait ends at the page's time limit.
 */

import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { extensionId, outFolder } from '../harness/layout.ts';

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

  constructor(page: Page) {
    this.page = page;
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

  /** Narrows the list that is open to `label`, and picks the first entry that holds it. */
  async choose(label: string): Promise<void> {
    await this.page.getByRole('listbox').waitFor();
    await this.page.keyboard.type(label);
    await this.#option(label).click();
  }

  async openTokenBurnView(): Promise<void> {
    await this.page.getByRole('tab', { name: 'Token Burn' }).click();
    await this.page.mouse.move(0, 0);
    await this.page.getByRole('heading', { name: 'Token Burn', level: 2 }).waitFor();
  }

  /** The rows of a tree view, those hidden in collapsed rows left out. */
  rows(view: string): Locator {
    return this.page.getByRole('tree', { name: view }).getByRole('treeitem');
  }

  /** @param id relative to the extension, as in `contributions.ts` */
  statusItem(id: string): Locator {
    return this.page.locator(`[id="${extensionId}.${id}"]`);
  }

  notification(text: string | RegExp): Locator {
    return this.page.getByRole('dialog', { name: text });
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
