import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { claudeCodeGuard } from '../../src/guard/agents/claudeCode.ts';
import { writeBeat } from '../../src/guard/beats.ts';
import { guardFolderIn } from '../../src/guard/guardFolder.ts';
import { noteInstalled } from '../../src/guard/installed.ts';
import { toolUse, usage } from '../fixtures/claude-code/records.ts';
import { ClaudeLog } from '../host/agentLogs.ts';
import { openWorkbench, type Workbench } from './driver.ts';
import type { WorkbenchPage } from './driverPage.ts';

const minuteMs = 60_000;
const key = '5c0de000-0000-4000-8000-0000000000e1';
const title = 'Chart the shoals';

describe('a session that runs unguarded', () => {
  let vscode: Workbench;
  let ui: WorkbenchPage;
  let guardFolder: string;
  /** How long ago the next response was. */
  const options = { home: '', cwd: '/home/ann/tides', ageMs: 5 * minuteMs };
  let log: ClaudeLog;

  before(async () => {
    vscode = await openWorkbench({ settings: { 'tokenBurn.budgets': [{ per: 'session', limit: 5 }] } });
    ui = vscode.ui;
    options.home = vscode.homeFolder;
    guardFolder = guardFolderIn(join(vscode.homeFolder, '.local', 'share', 'token-burn'));
    await guardClaudeCode(vscode.homeFolder, guardFolder);
    noteInstalled(guardFolder, 'claude-code', Date.now() - 60 * minuteMs);
    log = new ClaudeLog(key, options);
    await log.begin(title);
    await ui.openTokenBurnView();
  });
  after(() => vscode?.close());

  async function respond(minutesAgo: number): Promise<void> {
    options.ageMs = minutesAgo * minuteMs;
    await log.answer(usage(0, 0, 0, 9_000), toolUse(`toolu_${minutesAgo}`, 'Bash', { command: 'ls' }));
  }

  it('is none while it has only begun', async () => {
    await respond(5);
    await ui.sessions.row(title, /running.*within its budget/).waitFor();
    assert.equal(await ui.sessions.row(title, /unguarded/).count(), 0);
  });

  it('says so in its row, beside how it stands, and in no message', async () => {
    await respond(3);
    const row = ui.sessions.row(title, /unguarded: the guard was never asked, responses so far: 2/);
    await row.waitFor();
    assert.match(await row.innerText(), /^Chart the shoals\s*unguarded/);
    assert.equal(await ui.page.getByRole('dialog').count(), 0);
    const hover = await ui.hoverOf(row);
    assert.match(await hover.innerText(), /Claude Code has a guard and does not ask it/);
    await ui.screenshot('unguarded-hover');
    await ui.restMouse();
  });

  it('has a row for it below its own, which leads to why', async () => {
    await ui.sessions.expand(ui.sessions.row(title));
    const fact = ui.page.getByRole('treeitem', { name: /^Guard: never asked/ });
    await fact.waitFor();
    await ui.screenshot('unguarded-session');
    await fact.click();
    await ui.page.getByRole('tab', { name: 'Guards of Agents' }).waitFor();
    await ui.page.getByText(/“Chart\sthe\sshoals”,\sresponses\swithout\sasking\sthe\sguard:\s2/).waitFor();
    await ui.page.getByText(/Start\sit\sanew/).waitFor();
    await ui.screenshot('unguarded-examination');
  });

  for (const theme of ['Light Modern', 'Dark High Contrast', 'Light High Contrast'] as const) {
    it(`can be told in ${theme}`, async () => {
      await ui.useTheme(theme);
      await ui.screenshot(`unguarded-${theme.toLowerCase().replaceAll(' ', '-')}`);
    });
  }

  it('has a button that leads there, too', async () => {
    await ui.runCommand('View: Close All Editors');
    const row = ui.sessions.row(title);
    await row.hover();
    await row.getByRole('button', { name: 'Examine Guards' }).click();
    await ui.page.getByRole('tab', { name: 'Guards of Agents' }).waitFor();
  });

  it('is not said to stop when it is told to', async () => {
    await ui.runCommand('Token Burn: Stop Session Now');
    await ui.choose(title);
    const told = ui.notification(/is to stop, but goes on without asking the guard of Claude Code/);
    await told.waitFor();
    await ui.screenshot('unguarded-stop');
    await told.getByRole('button', { name: 'Release Session' }).click();
    await ui.sessions.row(title, /stopped/).waitFor({ state: 'hidden' });
  });

  it('is none any more once its guard is asked', async () => {
    const beat = { event: 'PreToolUse', decision: 'allow', latencyMs: 90, fault: null } as const;
    writeBeat(guardFolder, { agent: 'claude-code', key }, beat);
    await respond(0);
    await ui.sessions.row(title, /unguarded/).waitFor({ state: 'hidden' });
    await ui.sessions.row(title, /running/).waitFor();
  });
});

/** Puts the hooks into its settings, which it will never run here. */
async function guardClaudeCode(home: string, guardFolder: string): Promise<void> {
  const launcher = { path: join(guardFolder, 'launch'), platform: process.platform };
  const folder = join(home, '.claude');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), String(claudeCodeGuard.install(null, launcher)));
}
