/** What the ledger must make of every reader's logs on a real disk, whatever happens to the files. */

import assert from 'node:assert/strict';
import { appendFileSync, chmodSync, cpSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import type { LogFormat, Reader } from '../../src/agents/reader.ts';
import type { Database } from '../../src/ledger/database.ts';
import { resolveRoots } from '../../src/ledger/discover.ts';
import { newBlock } from '../../src/ledger/newBlock.ts';
import { Scanner } from '../../src/ledger/scanner.ts';
import { Random } from '../unit/ledger/random.ts';
import { asNobody, noRightsReason } from '../unit/ledger/rights.ts';
import { onePicoEach, sqlite, World } from '../unit/ledger/world.ts';
import { expectedSpent } from './comparison.ts';
import type { Fixture } from './fixture.ts';
import { type Content, filesOf, isBytes, makeDatabase } from './fixtureFile.ts';
import { detailsOf } from './ledgerDetails.ts';
import { requireFormat } from './reading.ts';

export function describeLedger(reader: Reader, fixtures: readonly Fixture[]): void {
  for (const fixture of fixtures) describe(fixture.name, () => describeFixture(reader, fixture));
}

/** The first file of a fixture is the oldest. */
const firstBornMs = Date.parse('2020-01-01T00:00:00Z');

function describeFixture(reader: Reader, fixture: Fixture): void {
  const files = filesOf(fixture);
  const kinds = files.map(([path]) => kindOf(requireFormat(reader, path)));
  let world: World;
  let db: Database;
  /** What the logs tell beside what was spent, when they are read whole and in one go. */
  let details: ReturnType<typeof detailsOf>;

  before(async () => {
    world = new World();
    db = world.open();
    writeAll();
    await scan();
    details = detailsOf(db);
    world.dispose();
  });
  beforeEach(() => {
    world = new World();
    db = world.open();
    for (const [path, text] of Object.entries(fixture.beside ?? {})) world.write(path, text);
  });
  afterEach(() => world.dispose());

  const bornMs = (path: string) => firstBornMs + 60_000 * files.findIndex(([name]) => name === path);
  const scan = () => world.scan(db, reader);

  function write([path, content]: (typeof files)[number]): string {
    if (isBytes(content)) {
      const isCompressed = kindOf(requireFormat(reader, path)) === 'compressed';
      return world.write(path, isCompressed ? zstdCompressSync(content) : content, bornMs(path));
    }
    const file = world.write(path, '', bornMs(path));
    makeDatabase(file, content).close();
    return file;
  }

  function writeAll(): readonly string[] {
    return files.map(write);
  }

  async function scanRoots(...paths: readonly string[]): Promise<void> {
    const roots = await resolveRoots(paths.map((path) => ({ reader, path })));
    await new Scanner({
      sqlite: sqlite(),
      db,
      roots,
      pricing: onePicoEach,
      listener: { onStored() {}, onProgress() {} },
      block: newBlock({ isEager: true }),
    }).scanAll();
  }

  function assertSpent(): void {
    assert.deepEqual(spentIn(db), expectedSpent(fixture));
    assert.deepEqual(detailsOf(db), details);
  }

  it('adds up to what was billed, and tells of sessions and refusals', async () => {
    writeAll();
    await scan();
    assertSpent();
    assertFacts(db, fixture);
    assert.deepEqual(refusedIn(db), fixture.refused ?? {});
  });

  it('ends the same in any order of files', async () => {
    for (const file of new Random(files.length).shuffle(files)) {
      write(file);
      await scan();
    }
    assertSpent();
    assertFacts(db, fixture);
  });

  it('ends the same when read in the reverse order of age', async () => {
    for (const file of [...files].reverse()) {
      write(file);
      await scan();
    }
    assertSpent();
    assertFacts(db, fixture);
  });

  it('counts once what lies in two folders, and a folder that is given twice', async () => {
    writeAll();
    await scan();
    const copy = join(world.folder, 'copy');
    cpSync(world.logs, copy, { recursive: true });
    await scanRoots(world.logs, copy, `${world.logs}/`);
    assertSpent();
  });

  it('reads a log later that it may not open yet', async function () {
    if (noRightsReason !== null) this.skip();
    const [first, ...others] = writeAll();
    assert.ok(first);
    chmodSync(first, 0);
    for (const other of others) chmodSync(other, 0o644);
    await asNobody([world.folder], scan);
    assert.equal(db.get<{ count: number }>('SELECT sum(is_unreadable) AS count FROM source')?.count, 1);
    chmodSync(first, 0o644);
    await scan();
    assertSpent();
    assertFacts(db, fixture);
  });

  if (kinds.includes('database')) {
    it('ends the same when a database grows by a row at a time', growByRows);
  }

  async function growByRows(): Promise<void> {
    const databases = files.filter(([, content]) => !isBytes(content));
    for (const file of files.filter(([, content]) => isBytes(content))) write(file);
    for (const [path, content] of databases) {
      const database = makeDatabase(world.write(path, '', bornMs(path)), { statements: [] });
      database.exec('PRAGMA journal_mode = WAL');
      for (const statement of isBytes(content) ? [] : content.statements) {
        database.exec(statement);
        await scan();
      }
      database.close();
    }
    await scan();
    assertSpent();
    assertFacts(db, fixture);
  }

  if (!kinds.every((kind) => kind === 'lines')) return;

  const contentAt = (path: string) =>
    files.find(([name]) => name === path.slice(world.logs.length + 1))?.[1] ?? Buffer.alloc(0);

  it('ends the same when every line is written by itself, and torn', async () => {
    const random = new Random(1);
    for (const [path, content] of files) {
      const file = world.write(path, '', bornMs(path));
      await scan();
      for (const line of textOf(content).split(/(?<=\n)/)) {
        const cut = random.below(line.length + 1);
        appendFileSync(file, line.slice(0, cut));
        await scan();
        appendFileSync(file, line.slice(cut));
        await scan();
      }
    }
    assertSpent();
    assertFacts(db, fixture);
    assert.deepEqual(refusedIn(db), fixture.refused ?? {});
  });

  it('knows again what it read before a log was cut short, written anew or moved', async () => {
    const paths = writeAll();
    await scan();
    for (const path of paths) truncateSync(path, 20);
    await scan();
    assertSpent();
    writeAll();
    for (const path of paths) {
      writeFileSync(`${path}.new`, textOf(contentAt(path)));
      renameSync(`${path}.new`, path);
    }
    await scan();
    assertSpent();
    const moved = join(world.folder, 'moved');
    renameSync(world.logs, moved);
    await scanRoots(moved);
    assertSpent();
    assertFacts(db, fixture);
  });
}

function kindOf(format: LogFormat): LogFormat['kind'] | 'compressed' {
  return format.kind === 'lines' && format.compression !== undefined ? 'compressed' : format.kind;
}

function textOf(content: Content): string {
  return isBytes(content) ? content.toString() : '';
}

/** Sums by session and model, in the terms of the fixtures. */
function spentIn(db: Database): Record<string, Record<string, unknown>> {
  const rows = db.all<{ session: string; model: string }>(`
    SELECT session.key AS session, model.name AS model, count(*) AS receipts, sum(quality = 2) AS partial,
      sum(web_searches) AS webSearches, ifnull(sum(uncached_input), 0) AS uncachedInput,
      ifnull(sum(cache_read), 0) AS cacheRead, ifnull(sum(cache_write_5m), 0) AS cacheWrite5m,
      ifnull(sum(cache_write_1h), 0) AS cacheWrite1h, ifnull(sum(cache_write_unknown), 0) AS cacheWriteUnknown,
      ifnull(sum(output), 0) AS output, ifnull(sum(reasoning), 0) AS reasoning
    FROM counted JOIN session ON session.id = counted.session JOIN model ON model.id = counted.model
    GROUP BY session.key, model.name`);
  const spent: Record<string, Record<string, unknown>> = {};
  for (const { session, model, ...sums } of rows) {
    spent[session] = { ...spent[session], [model]: sums };
  }
  return spent;
}

function assertFacts(db: Database, fixture: Fixture): void {
  for (const [key, { facts = {} }] of Object.entries(fixture.sessions)) {
    const rows = db.all<{ field: string; value: string }>(
      'SELECT field, value FROM fact JOIN session ON session.id = fact.session WHERE key = ?',
      key,
    );
    const known = new Map(rows.map(({ field, value }) => [field, value]));
    const { isParentGuessed: _, delegate, ...stored } = facts;
    if (delegate !== undefined) assert.deepEqual(delegatesOf(db, key), [delegate]);
    const expected = Object.entries(stored);
    for (const [name, value] of expected)
      assert.equal(known.get(name), value === undefined ? undefined : String(value), `${key}: ${name}`);
  }
}

function delegatesOf(db: Database, key: string): readonly object[] {
  const rows = db.all<{ agent: string; key: string }>(
    `SELECT delegate.agent, delegate.key FROM delegation JOIN session caller ON caller.id = delegation.session
    JOIN session delegate ON delegate.id = delegation.delegate WHERE caller.key = ?`,
    key,
  );
  return rows.map((row) => ({ agent: row.agent, key: row.key }));
}

function refusedIn(db: Database): Record<string, number> {
  const rows = db.all<{ reason: string; count: number }>(
    'SELECT reason, sum(count) AS count FROM refusal GROUP BY reason',
  );
  return Object.fromEntries(rows.map(({ reason, count }) => [reason, count]));
}
