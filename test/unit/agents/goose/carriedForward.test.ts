import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { gooseReader } from '../../../../src/agents/goose/gooseReader.ts';
import type { Database } from '../../../../src/ledger/database.ts';
import { qualities } from '../../../../src/ledger/merge.ts';
import { aDay, carried, ledger, messages, request, sessions } from '../../../fixtures/goose/fixtures.ts';
import { World } from '../../ledger/world.ts';

const key = '20260701_1';
const sums = `INSERT INTO sessions (id, working_dir, created_at, accumulated_input_tokens, accumulated_output_tokens)
  VALUES ('${key}', '/home/ann/app', '2026-07-01 10:00:00', 1000, 50)`;
const message = `INSERT INTO messages (session_id, role, content_json, created_timestamp)
  VALUES ('${key}', 'assistant', '[]', 1782900000)`;

describe('a session of Goose from before requests were on record', () => {
  let world: World;
  let db: Database;
  let store: DatabaseSync;

  beforeEach(() => {
    world = new World();
    db = world.open();
    store = new DatabaseSync(world.write('sessions.db', ''));
    for (const table of [sessions, messages]) store.exec(table);
  });
  afterEach(() => {
    store.close();
    world.dispose();
  });

  async function receiptsAfter(...statements: readonly string[]) {
    for (const statement of statements) store.exec(statement);
    await world.scan(db, gooseReader);
    return db
      .all<{ at_ms: number; output: number; quality: number }>(
        'SELECT at_ms, output, quality FROM receipt WHERE superseded = 0 ORDER BY at_ms',
      )
      .map(({ at_ms, output, quality }) => [
        new Date(at_ms).toISOString().slice(0, 10),
        output,
        qualities[quality],
      ]);
  }

  const before = ['2026-07-01', 50, 'sessionTotal'];
  const next = ['2026-07-02', 7, 'exact'];
  const goingOn = [ledger, carried(key, aDay, [1000, 50, 0, 0]), request(key, aDay, [10, 7, 0, 0])];

  it('keeps its sum, on the day that it began, when it goes on', async () => {
    assert.deepEqual(await receiptsAfter(sums, message), [before]);
    assert.deepEqual(await receiptsAfter(...goingOn), [before, next]);
  });

  it('is the same where it is read for the first time after that', async () => {
    assert.deepEqual(await receiptsAfter(sums, message, ...goingOn), [before, next]);
  });
});
