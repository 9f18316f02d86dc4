import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import type { Database } from '../../../src/ledger/database.ts';
import { databaseReader, responseTable } from './databaseReader.ts';
import { outputBySession, World } from './world.ts';

const program = fileURLToPath(new URL('./databaseProgram.ts', import.meta.url));

describe('logs that are databases', () => {
  let world: World;
  let db: Database;
  let path: string;
  let rowsAsked = 0;
  const open: DatabaseSync[] = [];
  const reader = databaseReader((rows) => {
    rowsAsked += rows;
  });

  beforeEach(() => {
    world = new World();
    db = world.open();
    path = join(world.logs, 'agent.db');
  });
  afterEach(() => {
    for (const each of open.splice(0)) if (each.isOpen) each.close();
    world.dispose();
  });

  function make(file = path, mode = 'WAL'): DatabaseSync {
    const made = new DatabaseSync(file);
    open.push(made);
    made.exec(`PRAGMA journal_mode = ${mode}; ${responseTable}`);
    return made;
  }

  function add(agent: DatabaseSync, ...ids: readonly string[]): void {
    for (const id of ids) agent.prepare('INSERT INTO response VALUES (?, 1, 0)').run(id);
  }

  const scan = () => world.scan(db, reader);
  const counted = () => outputBySession(db).s ?? 0;
  const unreadable = () => db.get<{ n: number }>('SELECT count(*) AS n FROM source WHERE is_unreadable')?.n;

  it('are read on when only the write-ahead log has changed, by a scan and by a look at either file', async () => {
    const agent = make();
    add(agent, 'a');
    await scan();
    add(agent, 'b');
    await scan();
    assert.equal(counted(), 2);
    const scanner = await world.scanner(db, reader);
    for (const [index, suffix] of ['-wal', '-shm', ''].entries()) {
      add(agent, `look${index}`);
      await scanner.look([`${path}${suffix}`]);
      assert.equal(counted(), 3 + index);
    }
  });

  it('are not opened when nothing has changed, and asked for the new rows and a few of the last when they have', async () => {
    const agent = make();
    agent.exec('BEGIN');
    add(agent, ...Array.from({ length: 5_000 }, (_, index) => `r${index}`));
    agent.exec('COMMIT');
    for (const file of [path, `${path}-wal`]) utimesSync(file, 1_700_000_000, 1_700_000_000);
    await scan();
    rowsAsked = 0;
    await scan();
    assert.equal(rowsAsked, 0);
    add(agent, 'new');
    await scan();
    assert.equal(counted(), 5_001);
    assert.ok(rowsAsked < 128, `${rowsAsked} rows`);
  });

  it('are read while another process writes them', async () => {
    make();
    const child = fork(program, [path, '400'], { stdio: 'inherit' });
    const ended = once(child, 'exit');
    let isRunning = true;
    ended.then(() => {
      isRunning = false;
    });
    while (isRunning) await scan();
    await scan();
    assert.deepEqual([(await ended)[0], counted(), unreadable()], [0, 400, 0]);
  });

  it('give what was written into the place of rows that were deleted, and keep what those said', async () => {
    const agent = make();
    add(agent, ...Array.from({ length: 400 }, (_, index) => `r${index}`));
    await scan();
    agent.exec('DELETE FROM response WHERE rowid > 350');
    add(agent, 'x', 'y');
    await scan();
    assert.equal(counted(), 402);
    // Numbers are given anew.
    agent.exec('DELETE FROM response WHERE rowid < 300; VACUUM');
    add(agent, 'z');
    await scan();
    assert.equal(counted(), 403);
  });

  it('are read again when they were written at the very time of the last look, without a trace', async () => {
    const agent = make();
    add(agent, 'a');
    // Begins the write-ahead log anew: the next row overwrites as many bytes in it.
    agent.exec('PRAGMA wal_checkpoint(RESTART)');
    const at = Date.now() / 1_000;
    const stamp = () => {
      for (const file of [path, `${path}-wal`]) utimesSync(file, at, at);
    };
    stamp();
    await scan();
    add(agent, 'b');
    stamp();
    await scan();
    assert.equal(counted(), 2);
  });

  it('are seen again where a row was written in its place', async () => {
    const agent = make();
    add(agent, 'a');
    await scan();
    agent.exec("UPDATE response SET output = 50, updated_ms = 1800000000000 WHERE id = 'a'");
    await scan();
    assert.equal(counted(), 50);
  });

  it('are read whole when another database has come into their place', async () => {
    add(make(), 'a', 'b');
    await scan();
    const other = join(world.folder, 'other.db');
    add(make(other), 'c');
    open.splice(0).forEach((each) => {
      each.close();
    });
    renameSync(other, path);
    await scan();
    assert.equal(counted(), 3);
    // With the same number of the file, as a copy into its place has.
    add(make(other), 'd', 'e', 'f', 'g');
    open.splice(0).forEach((each) => {
      each.close();
    });
    copyFileSync(other, path);
    await scan();
    assert.equal(counted(), 7);
  });

  it('are marked while they cannot be read, for being locked, no database or damaged, and the ledger is not', async () => {
    const agent = make(path, 'DELETE');
    add(agent, 'a');
    await scan();
    add(agent, 'b');
    agent.exec('BEGIN EXCLUSIVE');
    await scan();
    assert.deepEqual([counted(), unreadable()], [1, 1]);
    agent.exec('COMMIT');
    await scan();
    assert.deepEqual([counted(), unreadable()], [2, 0]);
    agent.close();
    writeFileSync(path, 'No database at all. '.repeat(1_000));
    await scan();
    assert.deepEqual([counted(), unreadable()], [2, 1]);
    rmSync(path);
    add(make(path, 'DELETE'), 'c');
    await scan();
    assert.deepEqual([counted(), unreadable()], [3, 0]);
  });

  it('end where a table is none, whose rows have no numbers', async () => {
    const agent = new DatabaseSync(path);
    open.push(agent);
    agent.exec("CREATE VIEW response AS SELECT 'v' AS id, 7 AS output, 0 AS updated_ms");
    await scan();
    assert.equal(counted(), 0);
  });
});
