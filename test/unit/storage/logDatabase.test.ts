import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LogDatabaseError, OpenLogDatabase } from '../../../src/storage/logDatabase.ts';
import { faultOf } from '../../../src/storage/sqlite.ts';
import { asNobody, noRightsReason } from '../ledger/rights.ts';
import { sqlite } from '../ledger/world.ts';

describe('a database of another program', () => {
  let folder: string;
  let path: string;
  let writer: DatabaseSync | undefined;
  let opened: OpenLogDatabase | undefined;

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'token-burn-')));
    path = join(folder, 'other.db');
  });
  afterEach(() => {
    opened?.close();
    if (writer?.isOpen) writer.close();
    opened = undefined;
    rmSync(folder, { recursive: true, force: true });
  });

  function write(...statements: readonly string[]): DatabaseSync {
    writer = new DatabaseSync(path);
    for (const statement of statements) writer.exec(statement);
    return writer;
  }

  function open(): OpenLogDatabase {
    opened?.close();
    opened = undefined;
    opened = new OpenLogDatabase(sqlite(), path);
    return opened;
  }

  const throwsOurs = (ask: () => unknown) => assert.throws(ask, LogDatabaseError);

  it('tells the columns of its tables, generated ones too, and none of tables that are not there', () => {
    write('CREATE TABLE a (x, y TEXT, z AS (x + 1))', 'CREATE VIEW v AS SELECT x FROM a').close();
    const database = open();
    // Generated columns are hidden from the list, and what is hidden is never asked for.
    assert.deepEqual([...database.columns('a')], ['x', 'y']);
    assert.deepEqual([...database.columns('v')], ['x']);
    assert.deepEqual([...database.columns('b')], []);
    assert.deepEqual([...database.columns("a'); DROP TABLE a; --")], []);
  });

  it('gives numbers beyond what JavaScript holds as the nearest, and what is no number as it is', () => {
    write(
      'CREATE TABLE a (x)',
      "INSERT INTO a VALUES (9223372036854775807), (1.5), ('7'), (NULL), (x'01')",
    ).close();
    const values = open()
      .rows('SELECT x FROM a')
      .map(({ x }) => x);
    assert.deepEqual(values.slice(0, 4), [2 ** 63, 1.5, '7', null]);
    assert.ok(values[4] instanceof Uint8Array);
  });

  it('shows what is still in the write-ahead log, between and during transactions of the writer', () => {
    const other = write('PRAGMA journal_mode = WAL', 'CREATE TABLE a (x)', 'INSERT INTO a VALUES (1)');
    const database = open();
    const count = () => database.rows('SELECT count(*) AS n FROM a')[0]?.n;
    assert.equal(count(), 1);
    other.exec('BEGIN; INSERT INTO a VALUES (2)');
    assert.equal(count(), 1);
    other.exec('COMMIT');
    assert.equal(count(), 2);
  });

  it('can be neither written nor made', () => {
    throwsOurs(open);
    write('CREATE TABLE a (x)').close();
    throwsOurs(() => open().rows('INSERT INTO a VALUES (1) RETURNING x'));
    throwsOurs(() => open().rows('ATTACH ? AS other', join(folder, 'made.db')));
    assert.deepEqual(readdirSync(folder), ['other.db']);
  });

  it('runs no function with side effects that its schema names', () => {
    write(
      'CREATE TABLE a (x)',
      'INSERT INTO a VALUES (1)',
      `CREATE VIEW harmful AS SELECT load_extension('/nowhere') AS x`,
      `CREATE VIEW endless AS WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n`,
    ).close();
    const database = open();
    throwsOurs(() => database.rows('SELECT x FROM harmful'));
    // As many rows as were asked for, whatever the view could give.
    assert.equal(database.rows('SELECT x FROM endless LIMIT 3').length, 3);
  });

  it('is told apart from faults of ours when it is no database, damaged, or locked', function () {
    this.timeout(10_000);
    writeFileSync(path, 'No database, but long enough to have a header of one hundred bytes.'.repeat(10));
    assert.throws(
      () => open().columns('a'),
      (error) => error instanceof LogDatabaseError && faultOf(error) === 'other',
    );
    rmSync(path);
    const other = write('CREATE TABLE a (x)', `INSERT INTO a VALUES (zeroblob(100000))`);
    other.exec('BEGIN EXCLUSIVE');
    throwsOurs(() => open().rows('SELECT x FROM a'));
    other.exec('COMMIT');
    other.close();
    truncateSync(path, 5_000);
    throwsOurs(() => open().rows('SELECT x FROM a'));
  });

  it('is readable in a folder that cannot be written to', async function () {
    if (noRightsReason !== null) this.skip();
    const inner = join(folder, 'closed');
    mkdirSync(inner);
    path = join(inner, 'other.db');
    write('CREATE TABLE a (x)', 'INSERT INTO a VALUES (1)').close();
    chmodSync(path, 0o444);
    chmodSync(inner, 0o555);
    await asNobody([folder], async () => {
      assert.deepEqual(open().rows('SELECT x FROM a').length, 1);
    });
    chmodSync(inner, 0o755);
  });

  it('tells the size of a huge value without reading it', () => {
    write('CREATE TABLE a (x, y)', `INSERT INTO a VALUES (zeroblob(60000000), 7)`).close();
    const database = open();
    const before = process.memoryUsage().rss;
    assert.deepEqual(
      { ...database.rows('SELECT octet_length(x) AS bytes, y FROM a')[0] },
      { bytes: 60_000_000, y: 7 },
    );
    assert.ok(process.memoryUsage().rss - before < 30_000_000);
  });
});
