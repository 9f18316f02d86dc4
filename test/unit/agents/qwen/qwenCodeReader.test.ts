import assert from 'node:assert/strict';
import { qwenCodeReader } from '../../../../src/agents/qwen/qwenCodeReader.ts';
import type { Machine, SurveyedMachine } from '../../../../src/agents/reader.ts';

const rootsWith = (environment: Machine['environment']) => {
  const machine: SurveyedMachine = {
    platform: 'linux',
    homeFolder: '/home/ann',
    environment,
    userFolders: [],
  };
  return qwenCodeReader.roots(machine).map(({ path }) => path);
};

describe('chats of Qwen Code', () => {
  it('lie below its folder, wherever that is', () => {
    assert.deepEqual(rootsWith({}), ['/home/ann/.qwen/projects', '/home/ann/.qwen/tmp']);
    assert.deepEqual(rootsWith({ QWEN_HOME: '/srv/qwen', QWEN_RUNTIME_DIR: '/run/qwen' }), [
      '/srv/qwen/projects',
      '/srv/qwen/tmp',
      '/run/qwen/projects',
      '/run/qwen/tmp',
    ]);
  });

  it('are those of sessions and sub-agents, and not what counts them once more', () => {
    const kinds = [
      '-home-ann-app/chats/69f0.jsonl',
      '-home-ann-app/subagents/69f0/agent-explore-1.jsonl',
      '0f0f/chats/session-2025-09-01T10-00-69f00000.json',
      '-home-ann-app/subagents/69f0/agent-explore-1.jsonl.stream',
      '-home-ann-app/subagents/69f0/agent-explore-1.meta.json',
      'usage/token-usage-2026-11.jsonl',
    ].map((path) => qwenCodeReader.formatOf(path)?.kind);
    assert.deepEqual(kinds, ['lines', 'lines', 'document', undefined, undefined, undefined]);
  });

  it('are looked for where they can be', () => {
    const folders = ['-app', '-app/chats', '-app/subagents', '-app/subagents/69f0', '-app/memory'];
    assert.deepEqual(
      folders.filter((folder) => qwenCodeReader.mayHoldLogs?.(folder)),
      folders.slice(0, 4),
    );
  });
});
