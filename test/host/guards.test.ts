import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, TabInputTextDiff, window, workspace } from 'vscode';
import { ClaudeLog } from './agentLogs.ts';
import { type Answers, runAnswering } from './answers.ts';
import { changeSetting, sessionRow, windowState } from './tokenBurn.ts';

const own = '\uFEFF{\r\n\t"model": "opus" // mine\r\n}\r\n';

describe('guards of agents', () => {
  let home: string;
  let settings: string;

  before(async () => {
    await windowState();
    home = await mkdtemp(join(tmpdir(), 'guards-'));
    settings = join(home, '.claude', 'settings.json');
    await mkdir(join(home, '.claude', 'projects'), { recursive: true });
    await changeSetting('tokenBurn.agents.claudeCode.folders', [join(home, '.claude', 'projects')]);
    await changeSetting('tokenBurn.ledger.folder', join(home, 'it’s $HOME'));
  });
  beforeEach(() => writeFile(settings, own));
  after(async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await changeSetting('tokenBurn.agents.claudeCode.folders', undefined);
    await changeSetting('tokenBurn.ledger.folder', undefined);
    await rm(home, { recursive: true, force: true });
  });

  const yes = 'Change the File';
  const text = () => readFile(settings, 'utf8');
  const run = (command: string, answers: Answers) =>
    runAnswering(`tokenBurn.${command}`, { pick: 'Claude Code', ...answers });

  /** The texts of the comparison that is open. */
  async function compared(): Promise<readonly [string, string]> {
    const input = window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof TabInputTextDiff);
    const [before, after] = await Promise.all(
      [input.original, input.modified].map((uri) => workspace.openTextDocument(uri)),
    );
    return [before?.getText() ?? '', after?.getText() ?? ''];
  }

  it('show each change as it is now, and make none that the user did not want', async () => {
    await run('guardAgents', {});
    assert.equal(await text(), own);
    const [, first] = await compared();
    assert.ok(first.includes('PostToolBatch'));
    await writeFile(settings, '{}\n');
    await run('guardAgents', {});
    const [before, after] = await compared();
    assert.equal(before, '{}\n');
    assert.ok(after.includes('PostToolBatch') && !after.includes('opus'));
  });

  it('are put in and taken out to the byte, with what was kept of the file', async () => {
    await run('guardAgents', { press: yes });
    const guarded = await text();
    assert.ok(guarded.startsWith('\uFEFF{\r\n\t"model": "opus", // mine\r\n\t"hooks": {\r\n'));
    await run('guardAgents', { press: yes });
    assert.equal(await text(), guarded);
    const kept = join(home, 'it’s $HOME', 'guard', 'changes');
    assert.equal((await readdir(kept)).length, 1);
    const { messages } = await run('removeGuards', { press: yes });
    assert.match(messages.at(-1) ?? '', /^No longer guarded: Claude Code\./);
    assert.equal(await text(), own);
    assert.deepEqual(await readdir(kept), []);
  });

  it('leave what the user changed since, and take out no more than their own', async () => {
    await run('guardAgents', { press: yes });
    await writeFile(settings, (await text()).replace('"opus"', '"haiku"'));
    await run('removeGuards', { press: yes });
    assert.equal(await text(), own.replace('"opus"', '"haiku"'));
  });

  it('are forgotten on command where somebody else has taken them out', async () => {
    await run('guardAgents', { press: yes });
    await writeFile(settings, '{ "other": 1 }');
    const guard = join(home, 'it’s $HOME', 'guard');
    assert.ok('claude-code' in JSON.parse(await readFile(join(guard, 'installed.json'), 'utf8')));
    const { messages } = await run('removeGuards', { press: yes });
    assert.match(messages.join('\n'), /Nothing was changed\./);
    assert.deepEqual(JSON.parse(await readFile(join(guard, 'installed.json'), 'utf8')), {});
    assert.deepEqual(await readdir(join(guard, 'changes')), []);
    assert.equal(await text(), '{ "other": 1 }');
  });

  it('make a file that was not there, and take it away again', async () => {
    await rm(settings);
    await run('guardAgents', { press: yes });
    assert.ok((await text()).includes('PostToolBatch'));
    await run('removeGuards', { press: yes });
    assert.equal(existsSync(settings), false);
  });

  it('leave settings alone that cannot be understood, and say so', async () => {
    const texts = {
      '{"hooks": [': /as JSON with comments/,
      '[]': /as JSON with comments/,
      '{"hooks": []}': /something else/,
    };
    for (const [broken, said] of Object.entries(texts)) {
      await writeFile(settings, broken);
      const { messages } = await run('guardAgents', { press: yes });
      assert.match(messages.join('\n'), said);
      assert.equal(await text(), broken);
    }
    await writeFile(settings, Buffer.from([0x7b, 0xff, 0x7d]));
    const { messages } = await run('guardAgents', { press: yes });
    assert.match(messages.join('\n'), /cannot be read or changed/);
    assert.deepEqual(await readFile(settings), Buffer.from([0x7b, 0xff, 0x7d]));
  });

  it('are missed when a session is to stop that nothing will stop', async () => {
    const log = new ClaudeLog('3d1c0c54-0000-4000-8000-0000000000a1', { home });
    await log.begin('Hold me');
    await log.respond(1_000);
    await commands.executeCommand('tokenBurn.sessions.focus');
    await sessionRow(/^ {2}Hold me /);
    const stop = () => run('stopSession', { pick: 'Hold me', press: 'Release Session' });
    const { messages } = await stop();
    assert.match(messages[0] ?? '', /nothing will stop it: Claude Code has no guard.*\| Guard Agents…/);
    assert.match(messages[1] ?? '', /^The session "Hold me" may go on\.$/);
    await run('guardAgents', { press: yes });
    const guarded = await stop();
    assert.match(guarded.messages[0] ?? '', /Claude Code ends its turn at its next step\. \| Release/);
    await run('removeGuards', { press: yes });
  });
});
