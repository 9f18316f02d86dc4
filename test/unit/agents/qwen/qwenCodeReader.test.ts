import assert from 'node:assert/strict';
import { qwenCodeReader } from '../../../../src/agents/qwen/qwenCodeReader.ts';
import type { Machine, SurveyedMachine } from '../../../../src/agents/reader.ts';

const machineWith = (environment: Machine['environment']): SurveyedMachine => ({
  platform: 'linux',
  homeFolder: '/home/ann',
  environment,
  userFolders: [],
});

const rootsWith = (environment: Machine['environment']) =>
  qwenCodeReader.roots(machineWith(environment)).map(({ path }) => path);

describe('chats of Qwen Code', () => {
  it('lie below its folder, wherever that is', () => {
    assert.deepEqual(rootsWith({}), [
      '/home/ann/.qwen/projects',
      '/home/ann/.qwen/tmp',
      '/home/ann/.qwen/usage',
    ]);
    assert.deepEqual(rootsWith({ QWEN_HOME: '/srv/qwen', QWEN_RUNTIME_DIR: '/run/qwen' }), [
      '/srv/qwen/projects',
      '/srv/qwen/tmp',
      '/srv/qwen/usage',
      '/run/qwen/projects',
      '/run/qwen/tmp',
      '/run/qwen/usage',
    ]);
  });

  it('are those of sessions and sub-agents, and its count of single requests, not that of sessions', () => {
    const kinds = [
      '-home-ann-app/chats/69f0.jsonl',
      '-home-ann-app/subagents/69f0/agent-explore-1.jsonl',
      '0f0f/chats/session-2025-09-01T10-00-69f00000.json',
      '-home-ann-app/subagents/69f0/agent-explore-1.jsonl.stream',
      '-home-ann-app/subagents/69f0/agent-explore-1.meta.json',
      'token-usage-2026-11.jsonl',
      'usage-events-2026-11.jsonl',
      'usage_record.jsonl',
    ].map((path) => qwenCodeReader.formatOf(path)?.kind);
    assert.deepEqual(kinds, [
      ...['lines', 'lines', 'document', undefined, undefined],
      ...['lines', undefined, undefined],
    ]);
  });

  it('are counted beside folders that the user set', () => {
    const beside = qwenCodeReader.besides?.(machineWith({}), '/srv/qwen/projects');
    assert.deepEqual(beside, [{ path: '/srv/qwen/usage', isFlat: true }]);
  });

  it('are looked for where they can be', () => {
    const folders = ['-app', '-app/chats', '-app/subagents', '-app/subagents/69f0', '-app/memory'];
    assert.deepEqual(
      folders.filter((folder) => qwenCodeReader.mayHoldLogs?.(folder)),
      folders.slice(0, 4),
    );
  });
});
