import assert from 'node:assert/strict';
import { toolUse, usage } from '../fixtures/claude-code/records.ts';
import { ClaudeLog, writeCodexLog } from '../host/agentLogs.ts';
import { openWorkbench, type Workbench } from './driver.ts';
import type { WorkbenchPage } from './driverPage.ts';

describe('what plans cover and what is paid to APIs', () => {
  let vscode: Workbench;
  let ui: WorkbenchPage;

  before(async () => {
    vscode = await openWorkbench();
    ui = vscode.ui;
    const home = vscode.homeFolder;
    const log = new ClaudeLog('5c0de000-0000-4000-8000-0000000000c1', { home, cwd: '/home/ann/tides' });
    await log.begin('Tide forecast');
    const editing = toolUse('toolu_edit', 'Edit', { file_path: 'src/forecast.ts' });
    await log.answer(usage(400, 38_000, 96_000, 9_100), { model: 'claude-sonnet-5-5', ...editing });
    await writeCodexLog({
      threadId: '0198f000-0000-7000-8000-0000000000c2',
      home,
      prompt: 'Round heights',
      model: 'gpt-5.5',
      used: [182_400, 150_300, 6_200, 2_100],
      planType: 'plus',
    });
    await ui.openTokenBurnView();
    await ui.sessions.row('Round heights').waitFor();
  });
  after(() => vscode?.close());

  const row = (name: RegExp) =>
    ui.page.getByRole('tree', { name: 'Sessions' }).getByRole('treeitem', { name });

  it("stand apart as far as an agent's log is sure", async () => {
    await row(
      /^Today, .*at list price under plans, cost: \$.*, at list price, not told how it is paid/,
    ).waitFor();
    await ui.screenshot('accounts-by-logs');
  });

  it('follow the setting at once', async () => {
    await vscode.ask('changeSetting', { id: 'tokenBurn.agents.accounts', value: { 'claude-code': 'api' } });
    await row(/^Today, .*paid to APIs, cost: \$.*, at list price under plans, cost: \$/).waitFor();
    assert.equal(await row(/not told how/).count(), 0);
    await ui.sessions.expand(ui.sessions.row('Round heights'));
    await row(/^Account: plan/).waitFor();
    await ui.sessions.expand(ui.sessions.row('Tide forecast'));
    await row(/^Account: API/).waitFor();
    await ui.screenshot('accounts-by-setting');
    const hover = await ui.hoverOf(ui.sessions.row('Round heights'));
    assert.match(await hover.innerText(), /not money paid/);
    await ui.screenshot('accounts-hover');
  });

  it('are chosen from two words in the settings', async () => {
    await vscode.ask('runCommand', {
      command: 'workbench.action.openSettings',
      args: ['@id:tokenBurn.agents.accounts'],
    });
    // Settings of a machine are those of the server.
    await ui.page.getByText(/^Remote \[/).click();
    await ui.page.getByText('How the use of an agent is paid for').first().waitFor();
    await ui.page.getByText('claude-code', { exact: true }).first().waitFor();
    await ui.screenshot('accounts-setting');
  });
});
