import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { qwenCodeReader } from '../../../../src/agents/qwen/qwenCodeReader.ts';
import type { Machine, SurveyedMachine } from '../../../../src/agents/reader.ts';
import { lines } from '../../../contract/fixture.ts';
import { reply, session, usage } from '../../../fixtures/qwen-code/records.ts';
import { outputBySession, World } from '../../ledger/world.ts';

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
      '-home-ann-app/chats/archive/69f0.jsonl',
      '-home-ann-app/chats/archive/69f0/notes.jsonl',
    ].map((path) => qwenCodeReader.formatOf(path)?.kind);
    assert.deepEqual(kinds, [
      'lines',
      'lines',
      'document',
      ...[undefined, undefined, undefined],
      'lines',
      undefined,
    ]);
  });

  it('are looked for where they can be', () => {
    const folders = [
      ...['-app', '-app/chats', '-app/chats/archive', '-app/subagents', '-app/subagents/69f0'],
      '-app/memory',
    ];
    assert.deepEqual(
      folders.filter((folder) => qwenCodeReader.mayHoldLogs?.(folder)),
      folders.slice(0, 5),
    );
  });

  it('go on under other names where they are archived, and where they come back', async () => {
    const world = new World();
    try {
      const db = world.open();
      const path = world.write('-app/chats/69f0.jsonl', lines(reply('10:00:01.000', 'a1', usage(500, 0, 1))));
      const later = join(dirname(path), 'archive', basename(path));
      const countAfter = async (from: string, to: string, added: string) => {
        mkdirSync(dirname(to), { recursive: true });
        renameSync(from, to);
        appendFileSync(to, added);
        await world.scan(db, qwenCodeReader);
        assert.equal(db.get<{ count: number }>('SELECT count(*) AS count FROM source')?.count, 1);
        return outputBySession(db)[session];
      };
      await world.scan(db, qwenCodeReader);
      assert.equal(await countAfter(path, later, ''), 1);
      assert.equal(await countAfter(later, path, lines(reply('10:00:02.000', 'a2', usage(600, 0, 2)))), 3);
      assert.equal(await countAfter(path, later, lines(reply('10:00:03.000', 'a3', usage(700, 0, 4)))), 7);
    } finally {
      world.dispose();
    }
  });
});
