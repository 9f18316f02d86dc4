import assert from 'node:assert/strict';
import { openWorkbench, type Workbench } from './driver.ts';
import type { WorkbenchPage } from './driverPage.ts';
import { eventually } from './eventually.ts';

describe("the sessions of VS Code's own chat", () => {
  let vscode: Workbench;
  let ui: WorkbenchPage;

  before(async () => {
    vscode = await openWorkbench();
    ui = vscode.ui;
    await ui.openTokenBurnView();
  });
  after(() => vscode?.close());

  it('appear when something was asked, and say that the log tells no tokens', async () => {
    await askUntilAnswered('When is high water?');
    const row = ui.sessions.row(
      '@harbour When is high water\\?',
      /Copilot Chat, idle, .*tokens: at least 0, /,
    );
    await row.waitFor();
    await ui.sessions.expand(row);
    await ui.page.getByRole('treeitem', { name: 'Cost: unpriced' }).waitFor();
    await ui.page.getByRole('treeitem', { name: 'Model: tides/tide-1' }).waitFor();
    assert.equal(await ui.page.getByRole('treeitem', { name: /^Without a known price/ }).count(), 0);
    await ui.screenshot('chat-session');
  });
  it('are left alone where the user unticks their agent', async () => {
    const isLookedFor = async () => {
      const { ledgerStatus } = await vscode.ask('shown', null);
      return ledgerStatus?.folders.some(({ agent }) => agent === 'copilot-chat');
    };
    assert.equal(await isLookedFor(), true);
    await vscode.ask('changeSetting', { id: 'tokenBurn.agents.read', value: { 'copilot-chat': false } });
    await eventually(isLookedFor, (isThere) => isThere === false);
  });

  /** The first request may come before chat knows its models. */
  async function askUntilAnswered(prompt: string): Promise<void> {
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
});

function isSoon(event: Promise<void>): Promise<boolean> {
  return event.then(
    () => true,
    () => false,
  );
}
