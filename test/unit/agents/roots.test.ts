import assert from 'node:assert/strict';
import { claudeCodeReader } from '../../../src/agents/claude/claudeCodeReader.ts';
import { codexReader } from '../../../src/agents/codex/codexReader.ts';
import { agentFolders } from '../../../src/agents/openclaw/agentFolders.ts';
import type { Machine, Reader, SurveyedMachine } from '../../../src/agents/reader.ts';

describe('folders of logs', () => {
  it('are those of the home folder by default', () => {
    assert.deepEqual(pathsOf(claudeCodeReader, machine({})), [
      '/home/ann/.config/claude/projects',
      '/home/ann/.claude/projects',
      '/home/ann/.config/Claude/local-agent-mode-sessions',
    ]);
    assert.deepEqual(pathsOf(codexReader, machine({})), [
      '/home/ann/.codex/sessions',
      '/home/ann/.codex/archived_sessions',
      ...agentFolders(machine({})),
    ]);
  });

  it('hold what the status line keeps, in one folder beside the settings', () => {
    const kept = claudeCodeReader.roots(machine({ CLAUDE_CONFIG_DIR: '/srv/claude' }));
    assert.deepEqual(
      kept.filter(({ isFlat }) => isFlat),
      [{ path: '/srv/claude/token-burn', isFlat: true }],
    );
    assert.equal(claudeCodeReader.formatOf('status.json')?.kind, 'document');
    assert.equal(claudeCodeReader.formatOf('settings.before'), null);
  });

  it('follow XDG_CONFIG_HOME', () => {
    const roots = pathsOf(claudeCodeReader, machine({ XDG_CONFIG_HOME: '/etc/ann' }));
    assert.deepEqual(roots, [
      '/etc/ann/claude/projects',
      '/home/ann/.claude/projects',
      '/etc/ann/Claude/local-agent-mode-sessions',
    ]);
  });

  it('are those that a variable lists, of config folders or of projects folders, once', () => {
    const CLAUDE_CONFIG_DIR = ' ~/work , /srv/claude/projects,, /srv/claude,relative ';
    assert.deepEqual(pathsOf(claudeCodeReader, machine({ CLAUDE_CONFIG_DIR })), [
      '/home/ann/work/projects',
      '/srv/claude/projects',
      '/home/ann/relative/projects',
      '/home/ann/.config/Claude/local-agent-mode-sessions',
    ]);
    assert.deepEqual(pathsOf(codexReader, machine({ CODEX_HOME: '~,/srv/codex' })), [
      '/home/ann/sessions',
      '/home/ann/archived_sessions',
      '/srv/codex/sessions',
      '/srv/codex/archived_sessions',
      ...agentFolders(machine({})),
    ]);
  });

  it('are the default ones when the variable is empty', () => {
    const empty = machine({ CLAUDE_CONFIG_DIR: ' , ', CODEX_HOME: '', XDG_CONFIG_HOME: '' });
    assert.deepEqual(pathsOf(claudeCodeReader, empty), pathsOf(claudeCodeReader, machine({})));
    assert.deepEqual(pathsOf(codexReader, empty), pathsOf(codexReader, machine({})));
  });

  it('are written as Windows writes them', () => {
    const windows: SurveyedMachine = {
      userFolders: [],
      platform: 'win32',
      homeFolder: 'C:\\Users\\ann',
      environment: { CODEX_HOME: '~\\codex' },
    };
    assert.deepEqual(pathsOf(claudeCodeReader, windows).slice(1), [
      'C:\\Users\\ann\\.claude\\projects',
      'C:\\Users\\ann\\AppData\\Roaming\\Claude\\local-agent-mode-sessions',
      'C:\\Users\\ann\\AppData\\Local\\Packages\\Claude_pzs8sxrjxfjjc\\LocalCache\\Roaming\\Claude\\local-agent-mode-sessions',
    ]);
    assert.equal(pathsOf(codexReader, windows)[0], 'C:\\Users\\ann\\codex\\sessions');
  });
});

describe('files that are logs', () => {
  it('are transcripts of Claude Code, but no journals and no output of tools', () => {
    const paths = [
      '-app/1.jsonl',
      '-app/1/subagents/agent-2.jsonl',
      '-app/1/subagents/agent-2.meta.json',
      'a/b/local_1/.claude/projects/-app/1.jsonl',
      'a/b/agent/local_1/.claude/projects/-app/1/subagents/agent-2.jsonl',
      'a/b/local_1/audit.jsonl',
      'a/b/local_1/outputs/.claude/projects/-app/1.jsonl',
      '-app/1/tool-results/a.jsonl',
      '-app/1/other.meta.json',
      '-app/.session-aliases',
      '-app/1/subagents/journal.jsonl',
      '-app/1.json',
    ];
    assert.deepEqual(
      paths.filter((path) => claudeCodeReader.formatOf(path) !== null),
      paths.slice(0, 5),
    );
  });

  it('are looked for where the desktop application has transcripts, and not in its work', () => {
    const folders = [
      'a',
      'a/b',
      'a/b/local_1',
      'a/b/local_1/.claude',
      'a/b/local_1/.claude/projects/-app',
      'local_1/x/y',
    ];
    const others = ['a/b/local_1/outputs', 'a/b/local_1/.claude/plugins', 'a/b/local_1/.claude/projectsx'];
    for (const folder of folders) assert.ok(claudeCodeReader.mayHoldLogs?.(folder), folder);
    for (const folder of others) assert.ok(!claudeCodeReader.mayHoldLogs?.(folder), folder);
  });

  it('are rollouts of Codex, plain or compressed', () => {
    const paths = [
      '2026/08/19/rollout-a.jsonl',
      'rollout-b.jsonl',
      'rollout-c.jsonl.zst',
      'history.jsonl',
      'rollout-d/x.jsonl',
    ];
    assert.deepEqual(
      paths.filter((path) => codexReader.formatOf(path) !== null),
      paths.slice(0, 3),
    );
  });

  it('are looked for in the homes of Codex that agents of OpenClaw have, and in nothing beside', () => {
    const home = 'main/agent/codex-home';
    const folders = ['main', 'main/agent', home, `${home}/sessions/2026/05/25`, `${home}/archived_sessions`];
    const others = [
      'main/workspace',
      'main/agent/models',
      `${home}/plugins`,
      `${home}/sessions.old`,
      'main/agent/codex-home.old',
    ];
    const agents = '/home/ann/.openclaw/agents';
    for (const folder of folders) assert.ok(codexReader.mayHoldLogs?.(folder, agents), folder);
    for (const folder of others) assert.ok(!codexReader.mayHoldLogs?.(folder, agents), folder);
    for (const folder of ['2026', '2026/05', '2026/05/25']) {
      assert.ok(codexReader.mayHoldLogs?.(folder, '/home/ann/.codex/sessions'), folder);
    }
    assert.notEqual(codexReader.formatOf(`${home}/sessions/2026/05/25/rollout-a.jsonl`), null);
    const watched = codexReader
      .roots(machine({}))
      .find(({ path }) => path.endsWith('.openclaw/agents'))?.watched;
    assert.ok(watched?.includes('*/agent/codex-home/sessions/*/*/*/*'));
    assert.ok(watched?.includes('*/agent/codex-home/archived_sessions/*'));
  });
});

function pathsOf(reader: Reader, machine: SurveyedMachine): readonly string[] {
  return reader.roots(machine).flatMap(({ path, isFlat }) => (isFlat ? [] : path));
}

function machine(environment: Machine['environment']): SurveyedMachine {
  return { platform: 'linux', homeFolder: '/home/ann', environment, userFolders: [] };
}
