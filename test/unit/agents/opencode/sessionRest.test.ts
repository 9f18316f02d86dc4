import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { opencodeReader } from '../../../../src/agents/opencode/opencodeReader.ts';
import type { Database } from '../../../../src/ledger/database.ts';
import {
  assistant,
  at,
  entry,
  message,
  noneUsed,
  reply,
  session,
  sessionMessageTable,
  sessionV2,
  sessionV2Table,
  tables,
  tokens,
} from '../../../fixtures/opencode/records.ts';
import { outputBySession, World } from '../../ledger/world.ts';

describe('what sessions of OpenCode 2 took beyond their messages', () => {
  let world: World;
  let db: Database;
  let store: DatabaseSync;

  beforeEach(() => {
    world = new World();
    db = world.open();
    store = new DatabaseSync(world.write('opencode.db', ''));
    for (const table of [sessionV2Table, sessionMessageTable]) store.exec(table);
  });
  afterEach(() => {
    store.close();
    world.dispose();
  });

  /** As read now and all the time before, which must be what is read of the whole at once. */
  async function outputAfter(...statements: readonly string[]): Promise<Record<string, number>> {
    for (const statement of statements) {
      store.exec(statement);
      await world.scan(db, opencodeReader);
    }
    const output = outputBySession(db);
    const anew = world.open();
    await world.scan(anew, opencodeReader);
    assert.deepEqual(outputBySession(anew), output);
    return output;
  }

  /** Sums only grow, as do those of a step when it has ended. */
  const used = (output: number, id = 'ses_a') =>
    `UPDATE session_v2 SET tokens_input = 1000, tokens_output = ${output} WHERE id = '${id}'`;
  const begun = [
    sessionV2('10:00:00.000', 'ses_a', { model: { id: 'claude-sonnet-4-5', providerID: 'anthropic' } }),
    entry('10:00:00.100', 'msg_1', 'ses_a', 1, 'user', {
      text: 'Sort',
      time: { created: at('10:00:00.100') },
    }),
  ];
  const first = entry(
    '10:00:01.000',
    'msg_2',
    'ses_a',
    2,
    'assistant',
    reply('10:00:01.000', '10:00:02.000', [5, 60, 0, 0, 0]),
  );
  const failed = entry(
    '10:00:01.000',
    'msg_2',
    'ses_a',
    2,
    'assistant',
    reply('10:00:01.000', '10:00:02.000', [0, 0, 0, 0, 0], { tokens: noneUsed, error: { type: 'unknown' } }),
  );
  const second = entry(
    '10:00:03.000',
    'msg_3',
    'ses_a',
    3,
    'assistant',
    reply('10:00:03.000', '10:00:04.000', [1, 9, 0, 0, 0]),
  );

  it('is counted, as that of a title', async () => {
    assert.deepEqual(await outputAfter(...begun, used(34)), { ses_a: 34 });
    assert.deepEqual(await outputAfter(first, used(94)), { ses_a: 94 });
    const [rest] = db.all<{ name: string; input: number }>(
      'SELECT name, uncached_input AS input FROM counted JOIN model ON model.id = model WHERE output = 34',
    );
    assert.deepEqual({ ...rest }, { name: 'claude-sonnet-4-5', input: 995 });
  });

  it('is nothing where messages tell of all', async () => {
    assert.deepEqual(await outputAfter(...begun, first, used(60)), { ses_a: 60 });
    assert.equal(
      db.get<{ count: number }>('SELECT count(*) AS count FROM counted WHERE output IS NOT 60')?.count,
      1,
    );
  });

  it('stays what it is when a first step failed and later ones did not', async () => {
    assert.deepEqual(await outputAfter(...begun, used(34), failed), { ses_a: 34 });
    assert.deepEqual(await outputAfter(second, used(43)), { ses_a: 43 });
  });

  it('is counted when it was used after all messages had been read', async () => {
    const other = entry(
      '10:30:00.000',
      'msg_9',
      'ses_b',
      1,
      'assistant',
      reply('10:30:00.000', '10:30:01.000', [1, 2, 0, 3, 0]),
    );
    await outputAfter(...begun, first, used(60), sessionV2('10:30:00.000', 'ses_b'), other);
    store.exec(used(94));
    const renamed = `UPDATE session_v2 SET title = 'Sorted', time_updated = ${at('10:40:00.000')} WHERE id = 'ses_a'`;
    assert.deepEqual(await outputAfter(renamed), { ses_a: 94, ses_b: 2 });
  });

  it('takes in what compactions do not tell, and not what they tell', async () => {
    const compaction = (id: string, seq: number, more: object) =>
      entry('10:00:05.000', id, 'ses_a', seq, 'compaction', {
        status: 'completed',
        time: { created: at('10:00:05.000') },
        ...more,
      });
    assert.deepEqual(await outputAfter(...begun, first, used(160), compaction('msg_4', 4, {})), {
      ses_a: 160,
    });
    assert.deepEqual(
      await outputAfter(used(360), compaction('msg_5', 5, { tokens: tokens([5, 200, 0, 0, 0]) })),
      { ses_a: 360 },
    );
  });

  it('does not change with messages that are taken back', async () => {
    await outputAfter(...begun, first, used(94));
    const undone = 'DELETE FROM session_message WHERE seq > 1';
    assert.deepEqual(await outputAfter(undone, second, used(103)), { ses_a: 103 });
  });

  it('is that of a fork alone, which has copies of messages', async () => {
    const fork = sessionV2('10:05:00.000', 'ses_b', { fork_session_id: 'ses_a' });
    const copy = entry(
      '10:00:01.000',
      'msg_7',
      'ses_b',
      2,
      'assistant',
      reply('10:00:01.000', '10:00:02.000', [5, 60, 0, 0, 0]),
    );
    const own = entry(
      '10:05:01.000',
      'msg_8',
      'ses_b',
      3,
      'assistant',
      reply('10:05:01.000', '10:05:02.000', [1, 9, 0, 0, 0]),
    );
    // Until its origin has been read the copies count for the fork.
    assert.deepEqual(await outputAfter(fork, copy, own, used(43, 'ses_b')), { ses_b: 60 + 43 });
    assert.deepEqual(await outputAfter(...begun, used(94), first), { ses_a: 94, ses_b: 43 });
  });

  it('is not told of sessions that version 1 began', async () => {
    for (const table of tables) if (!table.includes('session_message')) store.exec(table);
    const old = assistant('10:00:01.000', '10:00:02.000', tokens([5, 60, 20, 0, 0]));
    const taken = entry(
      '10:00:01.000',
      'msg_1',
      'ses_a',
      1,
      'assistant',
      reply('10:00:01.000', '10:00:02.000', [5, 60, 20, 0, 0]),
    );
    const started = [session('10:00:00.000', 'ses_a'), message('10:00:01.000', 'msg_1', 'ses_a', old)];
    const sums = { tokens_output: 60, tokens_reasoning: 20 };
    assert.deepEqual(await outputAfter(...started, sessionV2('10:00:00.000', 'ses_a', sums), taken), {
      ses_a: 60,
    });
  });
});
