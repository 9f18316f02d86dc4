import assert from 'node:assert/strict';
import { claudeCodeReader } from '../../../src/agents/claude/claudeCodeReader.ts';
import { codexReader } from '../../../src/agents/codex/codexReader.ts';
import type { Machine, Reader, SurveyedMachine } from '../../../src/agents/reader.ts';

describe('folders of logs', () => {
  it('are those of the home folder by default', () => {
    assert.deepEqual(pathsOf(claudeCodeReader, machine({})), [
      '/home/ann/.config/claude/projects',
      '/home/ann/.claude/projects',
    ]);
    assert.deepEqual(pathsOf(codexReader, machine({})), [
      '/home/ann/.codex/sessions',
      '/home/ann/.codex/archived_sessions',
    ]);
  });

  it('follow XDG_CONFIG_HOME', () => {
    const roots = pathsOf(claudeCodeReader, machine({ XDG_CONFIG_HOME: '/etc/ann' }));
    assert.deepEqual(roots, ['/etc/ann/claude/projects', '/home/ann/.claude/projects']);
  });

  it('are those that a variable lists, of config folders or of projects folders, once', () => {
    const CLAUDE_CONFIG_DIR = ' ~/work , /srv/claude/projects,, /srv/claude,relative ';
    assert.deepEqual(pathsOf(claudeCodeReader, machine({ CLAUDE_CONFIG_DIR })), [
      '/home/ann/work/projects',
      '/srv/claude/projects',
      '/home/ann/relative/projects',
    ]);
    assert.deepEqual(pathsOf(codexReader, machine({ CODEX_HOME: '~,/srv/codex' })), [
      '/home/ann/sessions',
      '/home/ann/archived_sessions',
      '/srv/codex/sessions',
      '/srv/codex/archived_sessions',
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
    assert.equal(pathsOf(claudeCodeReader, windows)[1], 'C:\\Users\\ann\\.claude\\projects');
    assert.equal(pathsOf(codexReader, windows)[0], 'C:\\Users\\ann\\codex\\sessions');
  });
});

describe('files that are logs', () => {
  it('are transcripts of Claude Code, but no journals', () => {
    const paths = [
      '-app/1.jsonl',
      '-app/1/subagents/agent-2.jsonl',
      '-app/1/subagents/journal.jsonl',
      '-app/1.json',
    ];
    assert.deepEqual(
      paths.filter((path) => claudeCodeReader.formatOf(path) !== null),
      paths.slice(0, 2),
    );
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
});

function pathsOf(reader: Reader, machine: SurveyedMachine): readonly string[] {
  return reader.roots(machine).map(({ path }) => path);
}

function machine(environment: Machine['environment']): SurveyedMachine {
  return { platform: 'linux', homeFolder: '/home/ann', environment, userFolders: [] };
}
