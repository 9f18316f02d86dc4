/** VS Code's own chat on the page, in agent mode. */

import type { Locator, Page } from 'playwright-core';

export class ChatPage {
  readonly #page: Page;
  readonly #chat: Locator;
  readonly #input: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#chat = page.locator('.interactive-session').first();
    this.#input = page.getByRole('textbox', { name: /^Chat Input/ });
  }

  async open(): Promise<void> {
    await this.#page.keyboard.press('Control+Alt+I');
    await this.#input.waitFor();
  }

  /** @param label as the list of models has it */
  async chooseModel(label: string): Promise<void> {
    const chosen = this.#chat.getByRole('button', { name: /^Models/ }).first();
    if ((await chosen.innerText()).includes(label)) return;
    await chosen.click();
    await this.#page.keyboard.type(label);
    await this.#page.getByRole('option', { name: label }).first().click();
  }

  async ask(prompt: string): Promise<void> {
    await this.#input.focus();
    await this.#page.keyboard.type(prompt);
    await this.#page.keyboard.press('Enter');
  }

  /** Ends a turn by its user's own button; shown for as long as the agent is at work or waits for its user. */
  cancelButton(): Locator {
    return this.#chat.getByRole('button', { name: /^Cancel(?: \(|$)/ });
  }

  /** What the agent asks its user before it runs a tool. */
  confirmation(text: string | RegExp): Locator {
    return this.#chat.getByText(text).filter({ visible: true }).first();
  }

  /** Opens what a hook said; it is closed at first. */
  async showRefusal(): Promise<void> {
    await this.#chat.getByText('Blocked by User Prompt Submit hook').last().click();
    await this.#chat.getByText('A hook prevented chat from continuing').last().waitFor();
  }

  text(): Promise<string> {
    return this.#chat.innerText();
  }
}
