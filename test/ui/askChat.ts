/** Asks the participant of the tests in VS Code's own chat. */

import type { WorkbenchPage } from './driverPage.ts';

/** The first request may come before chat knows its models. */
export async function askUntilAnswered(ui: WorkbenchPage, prompt: string): Promise<void> {
  await ui.page.keyboard.press('Control+Alt+I');
  const input = ui.page.getByRole('textbox', { name: /^Chat Input/ });
  const answer = ui.page.getByText('High water at noon').first();
  for (let left = 5; left > 0; left--) {
    await input.focus();
    await ui.page.keyboard.type(`@harbour ${prompt}`);
    await ui.page.keyboard.press('Enter');
    if (await isSoon(answer.waitFor({ timeout: 3_000 }))) return;
  }
  throw new Error('nobody answers in chat');
}

function isSoon(event: Promise<void>): Promise<boolean> {
  return event.then(
    () => true,
    () => false,
  );
}
