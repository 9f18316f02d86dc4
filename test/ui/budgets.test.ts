import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ClaudeLog } from '../host/agentLogs.ts';
import { openWorkbench, type Workbench } from './driver.ts';
import type { WorkbenchPage } from './driverPage.ts';
import { eventually } from './eventually.ts';

/** Nothing is said for ten seconds after VS Code has started. */
const quietStartMs = 10_000;
const dayMs = 86_400_000;
/** Enough days for a limit to be suggested. */
const pastDays = 24;

const title = 'Mend the tide table';

describe('budgets', () => {
  let vscode: Workbench;
  let ui: WorkbenchPage;
  let log: ClaudeLog;
  let loudFromMs: number;

  before(async () => {
    vscode = await openWorkbench();
    loudFromMs = Date.now() + quietStartMs;
    ui = vscode.ui;
    await writePast(vscode.homeFolder);
    log = new ClaudeLog('5c0de000-0000-4000-8000-000000000001', {
      home: vscode.homeFolder,
      cwd: vscode.workspaceFolder,
    });
    await log.begin(title);
    await log.respond(20_000);
    await ui.openTokenBurnView();
    await ui.sessions.row(title).waitFor();
  });
  after(() => vscode?.close());

  async function settings(): Promise<unknown> {
    return vscode.ask('setting', { id: 'tokenBurn.budgets' });
  }

  it('are made by keyboard alone, with the limit that the past suggests', async () => {
    await ui.runCommand('Token Burn: Add Budget…');
    await ui.budgets.pickByKeyboard('Time', 'Day');
    await ui.budgets.question('What it counts').waitFor();
    await ui.screenshot('budgets-form-unit');
    await ui.page.keyboard.press('Enter');
    await ui.budgets.question('Whose use').waitFor();
    await ui.page.keyboard.press('Enter');
    await ui.budgets.question('Limit').waitFor();
    await ui.page
      .getByText(/Nine of ten of your last \d+ days with any use came to no more than \$/)
      .waitFor();
    await ui.screenshot('budgets-form-limit');
    const suggested = Number(await ui.budgets.box().inputValue());
    assert.ok(suggested > 0.2 && suggested < 3, `${suggested} is suggested`);
    await ui.page.keyboard.press('Enter');
    await ui.budgets.question('Settings').waitFor();
    await ui.screenshot('budgets-form-settings');
    await ui.page.keyboard.press('Enter');
    await ui.budgets.row(/^Day, within budget, \$0\.20 of \$/).waitFor();
    assert.deepEqual(await settings(), [{ per: 'day', limit: suggested }]);
  });

  it('ask questions that a screen reader can name, and give the keyboard back to the view', async () => {
    const focused = ui.page.locator(':focus');
    await ui.budgets.tree.focus();
    await ui.runCommand('Token Burn: Add Budget…');
    for (const name of [
      'For what time is it? - Add Budget: Time',
      'What does it count? - Add Budget: What it counts',
      'Whose use does it count? - Add Budget: Whose use',
    ]) {
      await ui.page.getByRole('textbox', { name, exact: true }).and(focused).waitFor();
      await ui.page.keyboard.press('Enter');
    }
    await ui.page.getByRole('textbox', { name: 'Add Budget: Limit', exact: true }).and(focused).waitFor();
    await ui.page.keyboard.press('Escape');
    await ui.budgets.tree.and(focused).waitFor();
  });

  it('can be gone back in while they are made, and left', async () => {
    await ui.runCommand('Token Burn: Add Budget…');
    await ui.budgets.pick('Time', 'Month');
    await ui.budgets.question('What it counts').waitFor();
    await ui.page.getByRole('button', { name: 'Back' }).click();
    await ui.budgets.pick('Time', 'Other hours…');
    await ui.budgets.question('Hours').waitFor();
    await ui.budgets.box().fill('none');
    await ui.page.getByText('Write a whole number of hours').waitFor();
    await ui.page.keyboard.press('Escape');
    await ui.budgets.question('Hours').waitFor({ state: 'hidden' });
  });

  it('change their limit by a button of their row', async () => {
    await ui.budgets.press(ui.budgets.row(/^Day, /), 'Edit Budget…');
    await ui.screenshot('budgets-edit');
    await ui.page.getByRole('option', { name: 'Change limit…' }).click();
    const box = ui.page.getByRole('textbox', { name: /^Limit: Day/ });
    await box.fill('0.50');
    await ui.page.keyboard.press('Enter');
    await ui.budgets.row(/^Day, within budget, \$0\.20 of \$0\.50 spent/).waitFor();
  });

  it('show how long they will last, once something is spent', async () => {
    await log.respond(22_000);
    await ui.budgets.row(/^Day, near budget, \$0\.42 of \$0\.50 spent/).waitFor();
    const clock = ui.statusItem('clock');
    await clock.filter({ hasText: /min left|near budget/ }).waitFor();
    await ui.screenshot('budgets-near');
    const hover = await ui.hoverOf(clock);
    assert.match(await hover.innerText(), /Day\s+\$0\.42\sof\s\$0\.50\s+\d+\smin\sleft/);
    await ui.screenshot('budgets-clock-hover');
    await ui.restMouse();
  });

  it('are told of once when they are spent, with what spent it', async () => {
    await pause(Math.max(0, loudFromMs - Date.now()));
    await log.respond(20_000);
    const alert = ui.notification(/Over budget: Day, \$0\.62 of \$0\.50 spent/);
    await alert.waitFor();
    assert.match(await alert.innerText(), /Most of it by the session "Mend the tide table"/);
    await ui.statusItem('clock').filter({ hasText: 'over budget' }).waitFor();
    await ui.screenshot('budgets-over');
    await ui.closeNotification(/Over budget/);
    await log.respond(1_000);
    await ui.budgets.row(/^Day, over budget, \$0\.63 of/).waitFor();
    assert.equal(await ui.notification(/Over budget/).count(), 0);
  });

  it('stop a session by a button of its row, and let it go on', async () => {
    await ui.runCommand('Token Burn: Stop Session Now');
    await ui.choose(title);
    await ui.sessions.row(title, /stopped by you/).waitFor();
    await ui.screenshot('budgets-stopped');
    await ui.closeNotification(/nothing will stop it: Claude Code has no guard/);
    const row = ui.sessions.row(title);
    await row.hover();
    await row.getByRole('button', { name: 'Release Session' }).click();
    await ui.sessions.row(title, /stopped by you/).waitFor({ state: 'hidden' });
  });

  it('count anew after a reset', async () => {
    await ui.budgets.press(ui.budgets.row(/^Day, /), 'Reset Budget…');
    await ui.budgets.row(/^Day, within budget, \$0\.00 of/).waitFor();
  });

  it('pause and go on by a button of their row', async () => {
    await ui.budgets.press(ui.budgets.row(/^Day, /), 'Pause Budget');
    await ui.budgets.row(/^Day, paused/).waitFor();
    await ui.screenshot('budgets-paused');
    await ui.budgets.press(ui.budgets.row(/^Day, paused/), 'Resume Budget');
    await ui.budgets.row(/^Day, within budget/).waitFor();
  });

  it('of a workspace stand beside the own, in its own settings', async () => {
    await ui.runCommand('Token Burn: Add Budget…');
    await ui.budgets.fill({ time: 'Day', limit: '0.10', settings: 'Settings of the folder' });
    await ui.budgets.row(/^Day · workspace, /).waitFor();
    await ui.budgets.row(/^Day, within budget, .* of \$0\.50/).waitFor();
    const text = await readFile(join(vscode.workspaceFolder, '.vscode', 'settings.json'), 'utf8');
    assert.deepEqual(JSON.parse(text)['tokenBurn.budgets'], [{ per: 'day', limit: 0.1 }]);
    const row = ui.budgets.row(/^Day · workspace, over budget/);
    await row.hover();
    await row.getByRole('button', { name: 'Reset Budget…' }).waitFor();
    assert.equal(await row.getByRole('button', { name: 'Pause Budget' }).count(), 0);
  });

  it('that are wrong are said, with what to do', async () => {
    const value = [
      { per: 'day', limit: 0.5 },
      { per: 'fortnight', limit: 5 },
    ];
    await vscode.ask('changeSetting', { id: 'tokenBurn.budgets', value });
    await ui.budgets.row(/^Budget left out: your settings, entry 2: "per" is one of/).waitFor();
    await ui.screenshot('budgets-wrong');
    await vscode.ask('changeSetting', { id: 'tokenBurn.budgets', value: value.slice(0, 1) });
    await ui.budgets.row(/^Budget left out/).waitFor({ state: 'hidden' });
  });

  it('are back after they were removed, when that is undone', async () => {
    await ui.runCommand('Token Burn: Remove Budget');
    await ui.page
      .getByRole('option', { name: /^Day, / })
      .first()
      .click();
    const removed = ui.notification('Removed the budget');
    await removed.waitFor();
    await ui.budgets.row(/^Day, /).waitFor({ state: 'hidden' });
    await removed.getByRole('button', { name: 'Undo' }).click();
    await ui.budgets.row(/^Day, within budget, .* of \$0\.50/).waitFor();
    assert.deepEqual(await eventually(settings, (set) => Array.isArray(set) && set.length > 0), [
      { per: 'day', limit: 0.1 },
    ]);
  });

  for (const theme of ['Light Modern', 'Dark Modern', 'Dark High Contrast', 'Light High Contrast'] as const) {
    it(`are whole in ${theme}`, async () => {
      await ui.useTheme(theme);
      await ui.screenshot(`budgets-${theme.toLowerCase().replaceAll(' ', '-')}`);
    });
  }
});

/** One response of twenty to sixty cents on each of the last days. */
async function writePast(home: string): Promise<void> {
  for (let day = 1; day <= pastDays; day++) {
    const id = `5c0de000-0000-4000-8000-0000000001${String(day).padStart(2, '0')}`;
    const past = new ClaudeLog(id, { home, cwd: '/home/ann/tides', ageMs: day * dayMs });
    await past.begin(`Past work ${day}`);
    await past.respond(20_000 + 1_500 * day);
  }
}
