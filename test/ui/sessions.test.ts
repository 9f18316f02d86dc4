import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { usage } from '../fixtures/claude-code/records.ts';
import { ClaudeLog, writeCodexLog } from '../host/agentLogs.ts';
import { openWorkbench, type Workbench } from './driver.ts';
import type { WorkbenchPage } from './driverPage.ts';
import { eventually } from './eventually.ts';

/** "Within a second or two", with one more for a machine that has much else to do. */
const promptlyMs = 3_000;

describe('the sessions view', () => {
  let vscode: Workbench;
  let ui: WorkbenchPage;
  let log: ClaudeLog;

  before(async () => {
    vscode = await openWorkbench();
    ui = vscode.ui;
    log = new ClaudeLog('5c0de000-0000-4000-8000-000000000001', {
      home: vscode.homeFolder,
      cwd: '/home/ann/tide-table',
    });
    await ui.openTokenBurnView();
  });
  after(() => vscode?.close());

  async function seen(what: string, row: Locator): Promise<void> {
    const startedMs = performance.now();
    await row.waitFor({ timeout: promptlyMs });
    console.log(`      ${what} seen after ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
  }

  it('offers samples where no agent has run, marks them and takes them away', async () => {
    await ui.page.getByText('No sessions of coding agents were found').waitFor();
    await ui.page.getByRole('button', { name: 'Show Sample Sessions' }).click();
    await ui.sessions.row('Make checkout idempotent').waitFor();
    await ui.page.getByText('These sessions and their budgets are samples').waitFor();
    await ui.screenshot('sessions-samples');
    await ui.page.getByRole('button', { name: 'Hide Sample Sessions' }).click();
    await ui.page.getByRole('button', { name: 'Show Sample Sessions' }).waitFor();
    assert.equal(await ui.sessions.rows().count(), 0);
  });

  it('shows a session of Claude Code as soon as it begins, and what it costs as it goes on', async () => {
    await log.begin('Mend the tide table');
    await seen('the session', ui.sessions.row('Mend the tide table', /running/));
    // $2 for a million tokens of input, $10 of output, $4 written for an hour, $0.20 read.
    await log.answer(usage(1000, 2000, 4000, 500, { output_tokens_details: { thinking_tokens: 200 } }), {
      stop_reason: 'tool_use',
      content: [{ type: 'tool_use', id: 'toolu_read', name: 'Read', input: {} }],
    });
    await seen('a reply', ui.sessions.row('Mend the tide table', /running, tokens: 7,500, cost: \$0\.0158/));
    await log.answer(usage(1000, 2000, 4000, 1500), {
      stop_reason: 'tool_use',
      content: [{ type: 'tool_use', id: 'toolu_edit', name: 'Edit', input: {} }],
    });
    await seen(
      'the next',
      ui.sessions.row('Mend the tide table', /running, tokens: 16,000, cost: \$0\.0416/),
    );
  });

  it('shows a session of Codex', async () => {
    const threadId = '0198f000-0000-7000-8000-000000000002';
    await writeCodexLog({ threadId, home: vscode.homeFolder, prompt: 'Oil the compass' });
    await seen('the session', ui.sessions.row('Oil the compass', /Codex, /));
  });

  it('shows a sub-agent below the session that started it', async () => {
    const subAgent = await log.startSubAgent('a1b2c3', 'Explore', 'Look');
    await subAgent.begin('Look');
    await seen('the sub-agent', ui.sessions.row('Mend the tide table', /sub-agents: 1/));
    await subAgent.respond(1000);
    await seen('its tokens', ui.sessions.row('Mend the tide table', /tokens: 17,000.*, sub-agents: 1/));
  });

  it('is read by keyboard alone, row by row', async () => {
    await ui.page.keyboard.press('Control+0');
    await ui.page.keyboard.press('Home');
    await reachByArrows(/^Mend the tide table, /);
    await ui.page.keyboard.press('ArrowRight');
    await ui.page.getByRole('treeitem', { name: /^Agent: / }).waitFor();
    const said: string[] = [];
    while (!/sub-agent,/.test(said.at(-1) ?? '') && said.length < 20) {
      await ui.page.keyboard.press('ArrowDown');
      said.push(await ui.sessions.focusedRow());
    }
    await ui.screenshot('sessions-keyboard');
    assert.deepEqual(said, [
      'Agent: Claude Code',
      'State: running',
      'Cost: $0.0516',
      'Model: claude-sonnet-5',
      'Project: tide-table (main)',
      'Uncached input: 2,000',
      'Cache read: 8,000',
      'Cache write, 1 h: 4,000',
      'Output: 3,000, 200 of it reasoning',
      'Explore: Look, sub-agent, idle, last active now, tokens: 1,000, cost: $0.01',
    ]);
  });

  it('keeps what it has read when the agents have deleted their logs', async () => {
    await rm(join(vscode.homeFolder, '.claude'), { recursive: true });
    await rm(join(vscode.homeFolder, '.codex'), { recursive: true });
    await ui.reloadWindow();
    await ui.sessions.row('Mend the tide table', /tokens: 17,000, cost: \$0\.0516, sub-agents: 1/).waitFor();
    await ui.sessions.row('Oil the compass', /tokens: 1,050/).waitFor();
    const written = new Set<string>(['claude-code', 'codex']);
    await eventually(
      async () => (await vscode.ask('shown', null)).ledgerStatus,
      (status) =>
        status?.phase === 'ready' &&
        status.folders.every(({ agent, state }) => state === 'missing' || !written.has(agent)),
    );
    assert.equal(await ui.sessions.row('.*').count(), 2);
  });

  async function reachByArrows(row: RegExp): Promise<void> {
    await eventually(
      async () => {
        const name = await ui.sessions.focusedRow();
        if (!row.test(name)) await ui.page.keyboard.press('ArrowDown');
        return name;
      },
      (name) => row.test(name),
    );
  }
});
