import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { ClaudeLog } from '../host/agentLogs.ts';
import { openWorkbench, type Workbench } from './driver.ts';
import type { WorkbenchPage } from './driverPage.ts';

/** Nothing is said for ten seconds after VS Code has started. */
const quietStartMs = 10_000;
/** More than a message needs to appear after the row that it is about. */
const settleMs = 1_000;

const overBudget = /Over budget: /;
const snoozed = /^Budgets - snoozed until .* Section$/;

describe('a snooze of alerts', () => {
  let vscode: Workbench;
  let windows: readonly [WorkbenchPage, WorkbenchPage];
  let loudFromMs: number;

  before(async () => {
    vscode = await openWorkbench({ settings: { 'tokenBurn.budgets': [{ per: 'session', limit: 0.5 }] } });
    windows = [vscode.ui, await vscode.openWindow('prompts')];
    loudFromMs = Date.now() + quietStartMs;
    for (const window of windows) await window.openTokenBurnView();
  });
  after(() => vscode?.close());

  /** A session that spends more than it may, as all windows show. */
  async function overspend(key: number, title: string): Promise<void> {
    const log = new ClaudeLog(`5c0de000-0000-4000-8000-0000000003${key}`, { home: vscode.homeFolder });
    await log.begin(title);
    await log.respond(20_000);
    for (const window of windows) await window.sessions.row(title, /within its budget/).waitFor();
    await log.respond(60_000);
    for (const window of windows) await window.sessions.row(title, /over its budget/).waitFor();
  }

  async function snooze(window: WorkbenchPage, howLong: string): Promise<void> {
    await window.runCommand('Token Burn: Snooze Budget Alerts…');
    await window.chooseByKeyboard(howLong);
  }

  async function toldIn(window: WorkbenchPage): Promise<number> {
    return window.notification(overBudget).count();
  }

  async function isSilent(): Promise<void> {
    await pause(Math.max(0, loudFromMs - Date.now()) + settleMs);
    assert.deepEqual(await Promise.all(windows.map(toldIn)), [0, 0]);
  }

  const section = (window: WorkbenchPage) => window.page.getByRole('button', { name: snoozed });

  it('is made by keyboard, and stands beside the name of the view in every window', async () => {
    await snooze(windows[0], 'An hour');
    await windows[0].closeNotification(/Alerts snoozed until/);
    for (const window of windows) await section(window).waitFor();
    await windows[0].screenshot('snoozed');
  });

  it('keeps all windows silent, and what is over shows all the same', async () => {
    await overspend(10, 'Dredge the harbour');
    await isSilent();
    for (const window of windows) await window.statusItem('clock').filter({ hasText: 'over' }).waitFor();
    const budget = windows[0].budgets.row(/^Dredge the harbour, over budget/);
    await windows[0].sessions.expand(budget);
    await windows[0].budgets.row(/^Crossed: .*over budget: .*, without an alert/).waitFor();
    await windows[0].screenshot('snoozed-over');
  });

  it('outlives the windows', async () => {
    await Promise.all(windows.map((window) => window.reloadWindow()));
    loudFromMs = Date.now() + quietStartMs;
    for (const window of windows) {
      await window.openTokenBurnView();
      await section(window).waitFor();
    }
    await overspend(11, 'Sound the channel');
    await isSilent();
  });

  it('ends in all windows when one of them ends it, and tells nothing of what it has kept back', async () => {
    await snooze(windows[1], 'Not at all');
    await windows[1].closeNotification(/Alerts are told again/);
    for (const window of windows) await section(window).waitFor({ state: 'hidden' });
    await isSilent();
    await overspend(12, 'Light the buoys');
    const told = windows.map((window) => window.notification(/Over budget: Light the buoys/));
    await Promise.any(told.map((message) => message.waitFor()));
    await pause(settleMs);
    const counts = await Promise.all(windows.map(toldIn));
    assert.deepEqual(counts.toSorted(), [0, 1]);
  });
});
