import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { ClaudeLog } from '../host/agentLogs.ts';
import { openWorkbench, type Workbench } from './driver.ts';
import type { WorkbenchPage } from './driverPage.ts';
import { eventually } from './eventually.ts';

/** Nothing is said for ten seconds after VS Code has started. */
const quietStartMs = 10_000;
/** More than a message needs to appear after the row that it is about. */
const settleMs = 500;

const title = 'Mend the tide table';
const overBudget = /Over budget: /;

describe('the budget of a session', () => {
  let vscode: Workbench;
  let ui: WorkbenchPage;
  let other: WorkbenchPage;
  let log: ClaudeLog;
  let loudFromMs: number;

  before(async () => {
    vscode = await openWorkbench();
    ui = vscode.ui;
    log = new ClaudeLog('5c0de000-0000-4000-8000-000000000001', { home: vscode.homeFolder });
    await ui.openTokenBurnView();
  });
  after(() => vscode?.close());

  /** One response at $10 for a million tokens. */
  async function spend(outputTokens: number, thenSays: RegExp): Promise<void> {
    await log.respond(outputTokens);
    for (const window of [ui, other]) await window.sessions.row(title, thenSays).waitFor();
  }

  async function warnings(): Promise<readonly string[]> {
    const shown = await Promise.all(
      [ui, other].map((window) => window.notification(overBudget).allInnerTexts()),
    );
    return shown.flat();
  }

  it('is made from the palette, which says what it does not take', async () => {
    await ui.runCommand('Token Burn: Add Budget…');
    const { budgets } = ui;
    await budgets.pick('Time', 'Each session');
    await budgets.pick('What it counts', 'Money at list price');
    await budgets.pick('Whose use', 'All use on this machine');
    await budgets.question('Limit').waitFor();
    for (const bad of ['', 'a lot', '0', '-1', '1,50', '1e9']) {
      await budgets.box().fill(bad);
      await ui.page.keyboard.press('Enter');
      await ui.page.getByText('Write an amount above zero').waitFor();
      assert.ok(await budgets.question('Limit').isVisible(), `${bad} was taken`);
    }
    await ui.screenshot('budget-input');
    await budgets.box().fill('0.50');
    await ui.page.getByText('Write an amount above zero').waitFor({ state: 'hidden' });
    await ui.page.keyboard.press('Enter');
    await budgets.pick('Settings', 'My settings');
    assert.deepEqual(
      await eventually(
        () => vscode.ask('setting', { id: 'tokenBurn.budgets' }),
        (set) => Array.isArray(set) && set.length > 0,
      ),
      [{ per: 'session', limit: 0.5 }],
    );
  });

  it('holds for every window, and all show the same', async () => {
    // Opened only now: windows of a VS Code server learn of each other's settings when they open.
    other = await vscode.openWindow('prompts');
    await other.openTokenBurnView();
    await log.begin(title);
    await other.sessions.row(title).waitFor();
    loudFromMs = Date.now() + quietStartMs;
    await spend(20_000, /tokens: 20,000, cost: \$0\.20, within its budget: \$0\.20 of \$0\.50/);
    await spend(20_500, /tokens: 40,500, cost: \$0\.405, near its budget: \$0\.405 of \$0\.50/);
    const rows = await Promise.all([ui, other].map((window) => window.sessions.rows().allInnerTexts()));
    assert.deepEqual(rows[0], rows[1]);
  });

  it('is told once, over all windows, when the session crosses it', async () => {
    await pause(loudFromMs - Date.now());
    await spend(20_000, /over its budget: \$0\.605 of \$0\.50/);
    const [told = ''] = await eventually(warnings, (all) => all.length > 0);
    assert.match(told, /Over budget: Mend the tide table \(Each session\), \$0\.605 of \$0\.50 spent/);
    await ui.screenshot('budget-crossed');
    await other.screenshot('budget-crossed-other-window');
    await spend(20_000, /over its budget: \$0\.805 of \$0\.50/);
    await pause(settleMs);
    assert.equal((await warnings()).length, 1);
  });

  it('is not told again after the windows have been opened anew', async () => {
    await Promise.all([ui.reloadWindow(), other.reloadWindow()]);
    for (const window of [ui, other]) {
      await window.sessions.row(title, /over its budget: \$0\.805 of \$0\.50/).waitFor();
    }
    await pause(quietStartMs + settleMs);
    assert.deepEqual(await warnings(), []);
  });

  it('is told again when it is crossed after a reset', async () => {
    await ui.runCommand('Token Burn: Reset Budget…');
    await ui.screenshot('budget-reset');
    await ui.choose(title);
    for (const window of [ui, other]) {
      await window.sessions.row(title, /cost: \$0\.805, within its budget: \$0\.00 of \$0\.50/).waitFor();
    }
    await spend(60_000, /over its budget: \$0\.60 of \$0\.50/);
    const [told = ''] = await eventually(warnings, (all) => all.length > 0);
    assert.match(told, /\$0\.60 of \$0\.50 spent/);
    await pause(settleMs);
    assert.equal((await warnings()).length, 1);
  });
});
