import assert from 'node:assert/strict';
import { openclawReader } from '../../../../src/agents/openclaw/openclawReader.ts';
import type { Machine, SurveyedMachine } from '../../../../src/agents/reader.ts';

const rootsWith = (environment: Machine['environment']) => {
  const machine: SurveyedMachine = {
    platform: 'linux',
    homeFolder: '/home/ann',
    environment,
    userFolders: [],
  };
  return openclawReader.roots(machine).map(({ path }) => path);
};

describe('sessions of OpenClaw', () => {
  it('lie under all the names that it had, and that of a profile', () => {
    assert.deepEqual(rootsWith({ OPENCLAW_PROFILE: 'work' }), [
      '/home/ann/.openclaw-work/agents',
      '/home/ann/.openclaw/agents',
      '/home/ann/.clawdbot/agents',
      '/home/ann/.moltbot/agents',
      '/home/ann/.moldbot/agents',
    ]);
  });

  it('lie where its variables say', () => {
    assert.deepEqual(rootsWith({ OPENCLAW_STATE_DIR: '/srv/claw', MOLTBOT_STATE_DIR: '~/molt' }), [
      '/srv/claw/agents',
      '/home/ann/molt/agents',
    ]);
    assert.deepEqual(rootsWith({ OPENCLAW_HOME: '/srv/ann', OPENCLAW_STATE_DIR: '~/claw' }), [
      '/srv/ann/claw/agents',
    ]);
    assert.deepEqual(rootsWith({ OPENCLAW_HOME: '~/claw' }).slice(0, 2), [
      '/home/ann/claw/.openclaw/agents',
      '/home/ann/.openclaw/agents',
    ]);
  });

  it('are files with their archives, an index and a database, and no checkpoints', () => {
    const kinds = [
      'main/sessions/1.jsonl',
      'main/sessions/1-topic-7.jsonl',
      'main/sessions/1.jsonl.reset.2026-05-24T00-00-00.000Z',
      'main/sessions/1.jsonl.deleted.2026-05-24T00-00-00.000Z',
      'main/sessions/nightly.v2.jsonl',
      'main/sessions/nightly.v2.jsonl.reset.2026-05-24T00-00-00.000Z',
      'main/sessions/sessions.json',
      'main/agent/openclaw-agent.sqlite',
      'main/sessions/1.checkpoint.11111111-0000-4000-8000-000000000001.jsonl',
      'main/sessions/1.v2.trajectory.jsonl',
      'main/sessions/1.trajectory.jsonl.deleted.2026-05-24T00-00-00.000Z',
      'main/sessions/1.acp-stream.jsonl',
      'main/sessions/.jsonl',
      'main/sessions/sessions.json.bak',
      'main/sessions/1.jsonl.lock',
      'main/agent/openclaw-agent.sqlite.reindex-lock.sqlite',
    ].map((path) => openclawReader.formatOf(path)?.kind);
    assert.deepEqual(kinds.slice(0, 6), Array(6).fill('lines'));
    assert.deepEqual(kinds.slice(6, 8), ['document', 'database']);
    assert.deepEqual(new Set(kinds.slice(8)), new Set([undefined]));
  });

  it('are compressed in archives whose name says so', () => {
    const formats = [
      'main/sessions/1.jsonl.deleted.2026-05-24T00-00-00.000Z.0a1b2c.zst',
      'main/sessions/1.jsonl.reset.2026-05-24T00-00-00.000Z.zst',
      'main/sessions/cold/6a0b48.jsonl.zst',
      'main/sessions/1.jsonl.reset.2026-05-24T00-00-00.000Z',
      'main/sessions/1.jsonl',
    ].map((path) => openclawReader.formatOf(path));
    assert.deepEqual(
      formats.map((format) => format?.kind === 'lines' && format.compression),
      ['zstd', 'zstd', 'zstd', undefined, undefined],
    );
  });

  it('are looked for where they can be', () => {
    const folders = ['main', 'main/sessions', 'main/agent', 'main/sessions/cold'];
    const others = ['main/agent/x', 'main/agent/cold', 'main/sessions/skills', 'main/sessions/cold/x'];
    assert.deepEqual(
      [...folders, ...others].filter((folder) => openclawReader.mayHoldLogs?.(folder)),
      folders,
    );
  });
});
