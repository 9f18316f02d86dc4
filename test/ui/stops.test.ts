import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { guardFiles, guardFolderIn } from '../../src/guard/guardFolder.ts';
import { readProcess } from '../../src/guard/sessionProcess.ts';
import { dataFolderIn } from '../contract/guardHome.ts';
import { ClaudeLog } from '../host/agentLogs.ts';
import { openWorkbench, type Workbench } from './driver.ts';
import type { WorkbenchPage } from './driverPage.ts';
import { eventually } from './eventually.ts';

const session = { agent: 'claude-code', key: '5c0de000-0000-4000-8000-000000000001' } as const;
const goesOn = /The session "?Mend the tide table"? goes on after it was to stop/;

describe('a stop that does not hold', () => {
  let vscode: Workbench;
  let ui: WorkbenchPage;
  let log: ClaudeLog;
  let agent: ChildProcess;
  let launcher: string;

  before(async () => {
    // The guard asks nobody while no budget is in force.
    vscode = await openWorkbench({ settings: { 'tokenBurn.budgets': [{ per: 'session', limit: 1_000 }] } });
    ui = vscode.ui;
    log = new ClaudeLog(session.key, { home: vscode.homeFolder });
    launcher = join(guardFolderIn(dataFolderIn(vscode.homeFolder)), guardFiles.launch);
    await log.begin('Mend the tide table');
    await log.respond(10_000);
    await ui.openTokenBurnView();
    await ui.sessions.row('Mend the tide table').waitFor();
    agent = await startAgent();
  });
  after(async () => {
    agent?.kill('SIGKILL');
    await vscode?.close();
  });

  /** A program that is called as the agent is: it asks the guard once, and then its hooks are off. */
  async function startAgent(): Promise<ChildProcess> {
    const { homeFolder } = vscode;
    const [program, input] = [join(homeFolder, 'claude'), join(homeFolder, 'input.json')];
    await copyFile('/bin/sh', program);
    await writeFile(input, JSON.stringify({ session_id: session.key, transcript_path: log.path }));
    const script = `'${launcher}' claude-code PreToolUse <'${input}'; while :; do sleep 1; done`;
    const env = { PATH: process.env.PATH ?? '', HOME: homeFolder };
    const started = spawn(program, ['-c', script], { env, stdio: 'ignore' });
    const folder = guardFolderIn(dataFolderIn(homeFolder));
    await eventually(
      () => readProcess(folder, session),
      (known) => known?.id === started.pid,
    );
    return started;
  }

  it('is said, with the process that can be interrupted, and is ended by the user’s word', async () => {
    const env = { PATH: process.env.PATH ?? '', HOME: vscode.homeFolder };
    execFileSync(launcher, ['stop', session.key], { env });
    for (const tokens of [1, 2, 3]) await log.respond(tokens);
    const message = ui.notification(goesOn);
    const interrupt = message.getByRole('button', { name: 'Interrupt Claude Code' });
    // Messages come in slowly: what can be hovered over has come to rest.
    await interrupt.hover();
    await message.getByText(`Claude Code runs it as process ${agent.pid}.`).waitFor();
    await ui.screenshot('stop-not-held');
    await interrupt.click();
    const done = ui.notification(/Claude Code was told to stop, as by Ctrl\+C\./);
    await done.hover();
    await ui.screenshot('stop-not-held-interrupted');
    if (agent.signalCode === null) await once(agent, 'exit');
    assert.equal(agent.signalCode, 'SIGINT');
  });
});
