/** Asks the participant of the tests in VS Code's own chat. */

import type { WorkbenchPage } from './driverPage.ts';

/** Once, as each request stands in the chat's log. */
export async function askHarbour(ui: WorkbenchPage, prompt: string): Promise<void> {
  await findModels(ui);
  await ui.page.keyboard.press('Control+Alt+I');
  const chat = ui.page.locator('.interactive-session').first();
  await chat.getByRole('textbox', { name: /^Chat Input/ }).focus();
  await ui.page.keyboard.type(`@harbour ${prompt}`);
  await ui.page.keyboard.press('Enter');
  await chat.getByText('High water at noon').first().waitFor();
}

/** A request that comes before anybody has looked at the models fails for want of one. */
async function findModels(ui: WorkbenchPage): Promise<void> {
  await ui.runCommand('Chat: Manage Language Models');
  await ui.page.getByText('Tide One').first().waitFor();
  await ui.page.keyboard.press('Escape');
  await ui.runCommand('View: Close Editor');
}
