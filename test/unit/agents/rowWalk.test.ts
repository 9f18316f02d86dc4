import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { RowWalk, type WalkedTable, type WalkMemory } from '../../../src/agents/rowWalk.ts';
import { toLogDatabase } from '../../contract/memoryDatabase.ts';

const table: WalkedTable = {
  name: 'row',
  idColumn: 'id',
  updatedColumn: 'updated',
  wanted: { text: 'text' },
};

describe('a walk through a table', () => {
  let database: DatabaseSync;

  beforeEach(() => {
    database = new DatabaseSync(':memory:');
    database.exec('CREATE TABLE row (id TEXT PRIMARY KEY, text TEXT, updated INTEGER)');
  });
  afterEach(() => database.close());

  function add(from: number, to: number): void {
    const insert = database.prepare('INSERT INTO row VALUES (?, ?, ?)');
    for (let number = from; number < to; number++) insert.run(`r${number}`, '', number * 60_000);
  }

  /** Walks to the end; the rows met, and where the walk is after it. */
  function walk(saved?: WalkMemory, isFinished = (_id: string) => true) {
    const through = new RowWalk(toLogDatabase(database), table, saved);
    const ids: string[] = [];
    for (let rows = through.next(); rows.length > 0; rows = through.next()) {
      for (const row of rows) {
        ids.push(row.id);
        through.setFinished(row, isFinished(row.id));
      }
    }
    return { ids, memory: through.save() };
  }

  it('remembers little, however long the table is', () => {
    add(0, 20_000);
    const { ids, memory } = walk(undefined, () => false);
    assert.equal(ids.length, 20_000);
    assert.ok(memory.marks.length < 20, `${memory.marks.length} marks`);
    assert.ok(memory.watched.length <= 64 && memory.unfinished.length <= 64);
    assert.ok(JSON.stringify(memory).length < 4_000);
  });

  it('meets rows again that were written in their place: the last ones, and unfinished ones of long ago', () => {
    add(0, 300);
    const { memory } = walk(undefined, (id) => id !== 'r7');
    database.exec("UPDATE row SET updated = 1 WHERE id IN ('r7', 'r8', 'r290')");
    // The last row is met again, because what lies beside it may have come after it.
    assert.deepEqual(walk(memory).ids, ['r7', 'r290', 'r299']);
  });

  it('does not take the word of a clock that once ran ahead', () => {
    add(0, 10);
    database.exec("UPDATE row SET updated = 9e15 WHERE id = 'r9'");
    const { memory } = walk();
    database.exec("UPDATE row SET updated = 5 WHERE id = 'r3'");
    assert.ok(walk(memory).ids.includes('r3'));
  });

  it('goes back to the last row that still is what it was', () => {
    add(0, 1_000);
    const { memory } = walk();
    database.exec("DELETE FROM row WHERE rowid > 900; INSERT INTO row VALUES ('new', '', 0)");
    const { ids } = walk(memory);
    assert.ok(ids.includes('new'));
    assert.ok(ids.length < 600, `${ids.length} rows`);
  });

  it('begins again when every number is another', () => {
    add(0, 500);
    const { memory } = walk();
    database.exec(`
      DELETE FROM row WHERE rowid = 1;
      UPDATE row SET rowid = rowid + 100000;
      UPDATE row SET rowid = rowid - 100001`);
    assert.equal(walk(memory).ids.length, 499);
  });
});
