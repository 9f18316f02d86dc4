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

  it('appear when something was asked', async () => {
    await ui.page.keyboard.press('Control+Alt+I');
    await ui.page.getByRole('textbox', { name: /^Chat Input/ }).focus();
    await ui.page.keyboard.type('@harbour When is high water?');
    await ui.page.keyboard.press('Enter');
    await ui.sessions.row('@harbour When is high water\\?', /Copilot Chat, idle/).waitFor();
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
});
