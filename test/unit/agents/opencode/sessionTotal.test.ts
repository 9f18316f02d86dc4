import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { opencodeReader } from '../../../../src/agents/opencode/opencodeReader.ts';
import type { Database } from '../../../../src/ledger/database.ts';
import {
  assistant,
  message,
  noneUsed,
  session,
  tables,
  tokensNow,
} from '../../../fixtures/opencode/records.ts';
import { outputBySession, World } from '../../ledger/world.ts';

describe('the sums of a session of OpenCode', () => {
  let world: World;
  let db: Database;
  let store: DatabaseSync;

  beforeEach(() => {
    world = new World();
    db = world.open();
    store = new DatabaseSync(world.write('opencode.db', ''));
    for (const table of tables) store.exec(table);
  });
  afterEach(() => {
    store.close();
    world.dispose();
  });

  async function outputAfter(...statements: readonly string[]): Promise<Record<string, number>> {
    for (const statement of statements) store.exec(statement);
    await world.scan(db, opencodeReader);
    return outputBySession(db);
  }

  const used = assistant('10:00:01.000', '10:00:02.000', tokensNow([5, 60, 0, 0, 0]));
  const failed = assistant('10:00:03.000', '10:00:04.000', noneUsed, { error: { name: 'Aborted' } });

  it('count no more than what messages have not told, which their user has taken back', async () => {
    await outputAfter(
      session('10:00:00.000', 'ses_a', { tokens_input: 5, tokens_output: 60 }),
      message('10:00:01.000', 'msg_1', 'ses_a', used),
    );
    const undone = [
      "DELETE FROM message WHERE id = 'msg_1'",
      message('10:00:03.000', 'msg_2', 'ses_a', failed),
    ];
    assert.deepEqual(await outputAfter(...undone), { ses_a: 60 });
    const more = "UPDATE session SET tokens_output = 70 WHERE id = 'ses_a'";
    assert.deepEqual(await outputAfter(more, message('10:00:05.000', 'msg_3', 'ses_a', failed)), {
      ses_a: 70,
    });
  });

  it('count whole beside messages that came after them, and less what earlier ones tell', async () => {
    const total = session('10:00:00.000', 'ses_a', { tokens_input: 5, tokens_output: 60 });
    assert.deepEqual(await outputAfter(total, message('10:00:03.000', 'msg_2', 'ses_a', failed)), {
      ses_a: 60,
    });
    const later = assistant('10:00:06.000', '10:00:07.000', tokensNow([1, 9, 0, 0, 0]));
    assert.deepEqual(await outputAfter(message('10:00:06.000', 'msg_4', 'ses_a', later)), { ses_a: 69 });
    assert.deepEqual(await outputAfter(message('10:00:01.000', 'msg_1', 'ses_a', used)), { ses_a: 69 });
  });

  it('may be more than any response takes', async () => {
    const used = { tokens_input: 5, tokens_output: 60, tokens_cache_read: 250_000_000 };
    await outputAfter(
      session('10:00:00.000', 'ses_a', used),
      message('10:00:03.000', 'msg_2', 'ses_a', failed),
    );
    assert.equal(db.get<{ read: number }>('SELECT sum(cache_read) AS read FROM counted')?.read, 250_000_000);
  });
});
