import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { rescue } from '../../../src/ledger/rescue.ts';
import { migrations } from '../../../src/ledger/schema.ts';
import { onePicoEach, sqlite, World } from './world.ts';

describe('what is rescued of a ledger', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });
  afterEach(() => world.dispose());

  /** A ledger as an older version left it, with one receipt. */
  function writeVersion(steps: number): string {
    const path = join(world.data, `version-${steps}.db`);
    const old = new DatabaseSync(path);
    for (const step of migrations.slice(0, steps)) old.exec(step);
    old.exec(`
      INSERT INTO model (id, name) VALUES (1, 'model-a');
      INSERT INTO session (id, agent, key, started_ms, last_ms) VALUES (1, 'codex', 's', 1, 2);
      INSERT INTO receipt (id, response, request, session, claim, born_ms, superseded, reader, at_ms, model,
        uncached_input, cache_read, cache_write_5m, cache_write_1h, cache_write_unknown, output, web_searches, quality)
      VALUES (7, 11, 0, 1, 0, 1, 0, 1, 5, 1, 2, 0, 0, 0, 0, 40, 0, 0);`);
    old.close();
    return path;
  }

  for (const [index] of migrations.entries()) {
    it(`are the receipts of version ${index + 1}`, () => {
      const into = world.open();
      assert.equal(rescue(sqlite(), writeVersion(index + 1), into, onePicoEach), 1);
      const row = into.get<object>('SELECT id, output, CAST(cost_pico AS INTEGER) AS cost FROM receipt');
      assert.deepEqual({ ...row }, { id: 7, output: 40, cost: 40 });
    });
  }

  for (const damage of ['at_ms = -5', 'output = -5', 'output = 1 << 40', 'cache_read = -1']) {
    it(`is no receipt that cannot be true: ${damage}`, () => {
      const path = writeVersion(migrations.length);
      const old = new DatabaseSync(path);
      old.exec(`UPDATE receipt SET ${damage}`);
      old.close();
      const into = world.open();
      assert.equal(rescue(sqlite(), path, into, onePicoEach), 0);
      assert.equal(into.get<{ count: number }>('SELECT count(*) AS count FROM receipt')?.count, 0);
    });
  }
});
