import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { commands } from 'vscode';
import { eventually } from '../ui/eventually.ts';
import { ClaudeLog, writeCodexLog } from './agentLogs.ts';
import { changeSetting, sessionRow, windowState } from './tokenBurn.ts';

const promptlyMs = 3_000;

describe('the sessions view', () => {
  before(async () => {
    const state = await windowState();
    await commands.executeCommand('tokenBurn.sessions.focus');
    await eventually(
      async () => state.ledgerStatus()?.phase,
      (phase) => phase === 'ready',
    );
  });

  it('shows a session of Claude Code soon after it begins, and follows it', async () => {
    const log = new ClaudeLog('3d1c0c54-0000-4000-8000-000000000001');
    await log.begin('Follow me');
    await log.respond(1000);
    await sessionRow(/^ {2}Follow me \| .*1,000/, promptlyMs);
    await log.respond(500);
    await sessionRow(/^ {2}Follow me \| .*1,500/, promptlyMs);
    await log.respond(250, 'nobodys-model-1');
    await sessionRow(/^ {2}Follow me \| ≥\$.*1,750/, promptlyMs);
    await sessionRow(/^ {4}Without a known price \| 250$/);
  });

  it('shows a session of Codex soon after it begins, by project and time where it has no title', async () => {
    await writeCodexLog({ threadId: '0198f000-0000-7000-8000-000000000002', cwd: '/home/ann/turbine' });
    await sessionRow(/^ {2}turbine, .*\| .*1,050/, promptlyMs);
    await sessionRow(/^ {4}Cache read \| 400$/);
    await sessionRow(/^ {4}Project \| turbine/);
  });

  it('reads other folders as soon as they are set, and follows them', async () => {
    const folder = join(homedir(), 'elsewhere', 'sessions');
    await writeCodexLog({
      threadId: '0198f000-0000-7000-8000-000000000003',
      cwd: '/home/ann/compass',
      folder,
    });
    await changeSetting('tokenBurn.agents.codex.folders', ['~/elsewhere/sessions']);
    await sessionRow(/^ {2}compass, /);
    await writeCodexLog({
      threadId: '0198f000-0000-7000-8000-000000000004',
      cwd: '/home/ann/sextant',
      folder,
    });
    await sessionRow(/^ {2}sextant, /, promptlyMs);
    await changeSetting('tokenBurn.agents.codex.folders', undefined);
  });

  it('keeps the samples apart from the sessions of this machine', async () => {
    const before = timeless((await windowState()).sessionRows());
    await commands.executeCommand('tokenBurn.showSampleSessions');
    const samples = await eventually(
      async () => (await windowState()).sessionRows(),
      (rows) => rows.some((row) => row.includes('Webhook retry')),
    );
    assert.ok(!samples.some((row) => row.includes('Follow me')));
    await commands.executeCommand('tokenBurn.hideSampleSessions');
    assert.deepEqual(timeless((await windowState()).sessionRows()), before);
  });
});

/** Without how long ago each session was last active, which grows meanwhile. */
function timeless(rows: readonly string[]): readonly string[] {
  return rows.map((row) => row.replace(/(?: · |, last active )(?:now|[^·]* ago)$/, ''));
}
