import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { copilotCliReader } from '../../../../src/agents/copilotCli/copilotCliReader.ts';
import type { Database } from '../../../../src/ledger/database.ts';
import { sessionId, storePath, tables, usageRow } from '../../../fixtures/copilot-cli/records.ts';
import { outputBySession, World } from '../../ledger/world.ts';

describe('the database of Copilot CLI', () => {
  let world: World;
  let db: Database;
  let store: DatabaseSync;

  beforeEach(() => {
    world = new World();
    db = world.open();
    store = new DatabaseSync(world.write(storePath, ''));
    for (const table of tables) store.exec(table);
  });
  afterEach(() => {
    store.close();
    world.dispose();
  });

  async function outputAfter(...statements: readonly string[]): Promise<number | undefined> {
    for (const statement of statements) store.exec(statement);
    await world.scan(db, copilotCliReader);
    return outputBySession(db)[sessionId];
  }

  const row = (minute: string, output: number) => usageRow(`10:${minute}:00`, [10, output, 0, 0, 0]);

  it('is read from its start when it was made anew in its place, with the numbers of rows given again', async () => {
    assert.equal(await outputAfter(row('01', 1), row('02', 2), row('03', 4)), 7);
    const anew = ['DELETE FROM assistant_usage_events', 'DELETE FROM sqlite_sequence'];
    assert.equal(await outputAfter(...anew, row('04', 8)), 15);
    assert.equal(await outputAfter(row('05', 16), row('06', 32)), 63);
    assert.equal(
      await outputAfter(...anew, row('07', 64), row('08', 128), row('09', 256), row('10', 512)),
      1023,
    );
  });

  it('is read on where it was left', async () => {
    await outputAfter(row('01', 1), row('02', 2));
    assert.equal(
      await outputAfter('UPDATE assistant_usage_events SET output_tokens = 9 WHERE id = 1', row('03', 4)),
      7,
    );
  });
});
