import assert from 'node:assert/strict';
import { askHarbour } from './askChat.ts';
import { openWorkbench, type Workbench } from './driver.ts';
import type { WorkbenchPage } from './driverPage.ts';
import { eventually } from './eventually.ts';

describe("the sessions of VS Code's own chat", () => {
  let vscode: Workbench;
  let ui: WorkbenchPage;

  before(async () => {
    vscode = await openWorkbench({ isWhole: true });
    ui = vscode.ui;
    await ui.openTokenBurnView();
  });
  after(() => vscode?.close());

  it('appear when something was asked, and say that the log tells no tokens', async () => {
    await askHarbour(ui, 'When is high water?');
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
});
