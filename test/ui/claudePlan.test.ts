import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openWorkbench, type Workbench } from './driver.ts';
import type { WorkbenchPage } from './driverPage.ts';

const own = `{
  // kept as it is
  "statusLine": { "type": "command", "command": "printf mine", "padding": 1 },
  "model": "opus"
}
`;

const told = {
  session_id: 's',
  rate_limits: {
    five_hour: { used_percentage: 42, resets_at: Math.floor(Date.now() / 1_000) + 5_400 },
    seven_day: { used_percentage: 7, resets_at: Math.floor(Date.now() / 1_000) + 400_000 },
  },
};

describe("the limits of Claude Code's plan", () => {
  let vscode: Workbench;
  let ui: WorkbenchPage;
  let config: string;
  const settings = () => readFile(join(config, 'settings.json'), 'utf8');

  before(async () => {
    vscode = await openWorkbench();
    ui = vscode.ui;
    config = join(vscode.homeFolder, '.claude');
    await mkdir(config, { recursive: true });
    await writeFile(join(config, 'settings.json'), own);
    await ui.openTokenBurnView();
  });
  after(() => vscode?.close());

  const row = (name: RegExp) =>
    ui.page.getByRole('tree', { name: 'Sessions' }).getByRole('treeitem', { name });

  async function answer(button: string): Promise<void> {
    await ui.runCommand("Token Burn: Read Claude Code's Plan Limits…");
    const question = ui.page.getByRole('dialog', { name: /Let Claude Code’s status line tell/ });
    await question.waitFor();
    await ui.screenshot('plan-question');
    await question.getByRole('button', { name: button }).click();
    await question.waitFor({ state: 'hidden' });
  }

  it('change nothing before the user has seen the change and said yes', async () => {
    await answer('Cancel');
    assert.equal(await settings(), own);
    assert.equal(existsSync(join(config, 'token-burn')), false);
  });

  it('show above the sessions once Claude Code has told them', async () => {
    await answer('Change the settings');
    await ui.closeNotification(/Done\. Limits show/);
    const { statusLine } = JSON.parse((await settings()).replace(/^ *\/\/.*$/m, ''));
    assert.equal(statusLine.padding, 1);
    const input = JSON.stringify(told);
    const shown = execFileSync('sh', ['-c', statusLine.command], { input, encoding: 'utf8' });
    assert.equal(shown, 'mine');
    await row(/^Plan Limits: Claude Code, 5 hours: 42% used/).waitFor();
    await row(/^Plan Limits/).click();
    await row(/^Claude Code, week: 7% used · resets .+ · reported/).waitFor();
    await ui.screenshot('plan-limits');
  });

  it('leave the settings as they were, to the byte, on command', async () => {
    await ui.runCommand("Token Burn: Stop Reading Claude Code's Plan Limits");
    await ui.closeNotification(/is as it was before/);
    assert.equal(await settings(), own);
    assert.equal(existsSync(join(config, 'token-burn')), false);
  });

  it('are read beside folders of logs that the user set, and given up there', async () => {
    const moved = join(vscode.homeFolder, 'moved');
    await vscode.ask('changeSetting', {
      id: 'tokenBurn.agents.claudeCode.folders',
      value: [join(moved, 'projects')],
    });
    await mkdir(join(config, 'token-burn'));
    await writeFile(join(config, 'token-burn', 'mine'), 'of somebody else');
    await answer('Change the settings');
    await ui.closeNotification(/Done\. Limits show/);
    const { statusLine } = JSON.parse(await readFile(join(moved, 'settings.json'), 'utf8'));
    told.rate_limits.five_hour.used_percentage = 64;
    execFileSync('sh', ['-c', statusLine.command], { input: JSON.stringify(told) });
    await row(/^Plan Limits: Claude Code, 5 hours: 64% used/).waitFor();
    await ui.screenshot('plan-limits-own-folders');
    await ui.runCommand("Token Burn: Stop Reading Claude Code's Plan Limits");
    await ui.closeNotification(/is as it was before/);
    assert.equal(existsSync(join(moved, 'token-burn')), false);
    assert.equal(existsSync(join(moved, 'settings.json')), false);
    assert.equal(await readFile(join(config, 'token-burn', 'mine'), 'utf8'), 'of somebody else');
  });
});
