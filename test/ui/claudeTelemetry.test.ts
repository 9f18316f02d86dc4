import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { usage } from '../fixtures/claude-code/records.ts';
import { ClaudeLog } from '../host/agentLogs.ts';
import { exported, listenAt, number, send, text } from '../unit/workers/exports.ts';
import { openWorkbench, type Workbench } from './driver.ts';
import type { WorkbenchPage } from './driverPage.ts';
import { eventually } from './eventually.ts';

const own = `{
  // kept as it is
  "env": { "HTTPS_PROXY": "http://proxy" },
  "model": "opus"
}
`;
const sessionId = '5c0de000-0000-4000-8000-000000000077';

describe('what Claude Code’s telemetry tells of its requests', () => {
  let vscode: Workbench;
  let ui: WorkbenchPage;
  let config: string;
  let log: ClaudeLog;
  const settings = () => readFile(join(config, 'settings.json'), 'utf8');

  before(async () => {
    vscode = await openWorkbench();
    ui = vscode.ui;
    config = join(vscode.homeFolder, '.claude');
    await mkdir(config, { recursive: true });
    await writeFile(join(config, 'settings.json'), own);
    log = new ClaudeLog(sessionId, { home: vscode.homeFolder, cwd: '/home/ann/tide-table' });
    await ui.openTokenBurnView();
  });
  after(() => vscode?.close());

  async function answer(button: string): Promise<void> {
    await ui.runCommand('Token Burn: Count Claude Code Exactly…');
    const question = ui.page.getByRole('dialog', {
      name: /Let Claude Code tell Token Burn of every request/,
    });
    await question.waitFor();
    await ui.screenshot('telemetry-question');
    await question.getByRole('button', { name: button }).click();
    await question.waitFor({ state: 'hidden' });
  }

  /** As Claude Code reads its settings. */
  async function environment(): Promise<Record<string, string>> {
    return JSON.parse((await settings()).replace(/^ *\/\/.*$/m, '')).env;
  }

  /** An event as Claude Code sends it where its settings say. Returns the status of the answer, 0 where nobody is there. */
  async function tell(request: string, output: number, at = new Date().toISOString()): Promise<number> {
    const { OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: url = '', OTEL_EXPORTER_OTLP_LOGS_HEADERS: headers = '' } =
      await environment();
    const event = [
      text('event.name', 'api_request'),
      text('event.timestamp', at),
      text('session.id', sessionId),
      text('request_id', request),
      text('model', 'claude-sonnet-5'),
      ...['input_tokens', 'cache_read_tokens', 'cache_creation_tokens'].map((name) => number(name, 0)),
      number('output_tokens', output),
    ];
    const authorization = decodeURIComponent(headers.replace(/^authorization=/, ''));
    return send(exported(event), { port: Number(new URL(url).port), headers: { authorization } }).catch(
      () => 0,
    );
  }

  it('is asked for only after the user has seen the change and said yes', async () => {
    await answer('Cancel');
    assert.equal(await settings(), own);
    assert.equal(existsSync(join(config, 'token-burn')), false);
  });

  it('counts beside the transcript, each request once', async () => {
    await answer('Change the settings');
    await ui.closeNotification(/Done\. Every request of Claude Code is counted/);
    await log.begin('Mend the tide table');
    await log.answer(usage(0, 0, 0, 2_000));
    await ui.sessions.row('Mend the tide table', /tokens: 2,000/).waitFor();
    const at = new Date().toISOString();
    await eventually(
      () => tell('req_aside', 500, at),
      (status) => status === 200,
    );
    await ui.sessions.row('Mend the tide table', /tokens: 2,500, cost: \$0\.025/).waitFor();
    assert.equal(await tell('req_aside', 500, at), 200);
    assert.equal(await tell(`${sessionId}-2`, 2_000), 200);
    assert.equal(await tell('req_other', 40), 200);
    await ui.sessions.row('Mend the tide table', /tokens: 2,540/).waitFor();
    await ui.screenshot('telemetry-counted');
  });

  it('comes no more once it is given up, and stays counted', async () => {
    await ui.runCommand('Token Burn: Stop Counting Claude Code Exactly');
    await ui.closeNotification(/does not tell Token Burn of its requests any more/);
    assert.equal(await settings(), own);
    assert.equal(existsSync(join(config, 'token-burn', 'receiver.json')), false);
    await ui.sessions.row('Mend the tide table', /tokens: 2,540/).waitFor();
  });

  it('is given up as a whole or not at all', async () => {
    await answer('Change the settings');
    await ui.closeNotification(/Done\. Every request of Claude Code is counted/);
    const on = await settings();
    await writeFile(join(config, 'settings.json'), `${on}<<<<<<<`);
    await ui.runCommand('Token Burn: Stop Counting Claude Code Exactly');
    await ui.closeNotification(/could not be understood, so it was left as it is/);
    await writeFile(join(config, 'settings.json'), on);
    await ui.runCommand('Token Burn: Stop Counting Claude Code Exactly');
    await ui.closeNotification(/does not tell Token Burn of its requests any more/);
    assert.equal(await settings(), own);
  });

  it('is given up where the settings are all that is left to tell of it', async () => {
    await answer('Change the settings');
    await ui.closeNotification(/Done\. Every request of Claude Code is counted/);
    await rm(join(config, 'token-burn'), { recursive: true });
    await ui.runCommand('Token Burn: Stop Counting Claude Code Exactly');
    await ui.closeNotification(/does not tell Token Burn of its requests any more/);
    assert.deepEqual(await environment(), { HTTPS_PROXY: 'http://proxy' });
    await mkdir(join(config, 'token-burn'));
  });

  it('is said not to arrive where another program has its port', async () => {
    const other = await listenAt(0);
    const { port } = other.address() as AddressInfo;
    const receiver = join(config, 'token-burn', 'receiver.json');
    await writeFile(receiver, JSON.stringify({ port, secret: 's3cret' }));
    const sentence = ui.page.getByText(
      `Claude Code’s telemetry does not arrive: another program has port ${port}`,
    );
    await sentence.waitFor();
    await ui.screenshot('telemetry-port-taken');
    await rm(receiver);
    await sentence.waitFor({ state: 'hidden' });
    other.close();
    other.closeAllConnections();
  });
});
