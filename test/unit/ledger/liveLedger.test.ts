import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { mock } from 'node:test';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { claimAlert } from '../../../src/ledger/alerts.ts';
import { addReset, raisedBy, storeRaise } from '../../../src/ledger/budgetLines.ts';
import type { Database } from '../../../src/ledger/database.ts';
import { resolveRoots } from '../../../src/ledger/discover.ts';
import { LiveLedger } from '../../../src/ledger/liveLedger.ts';
import { newestRoots } from '../../../src/ledger/roots.ts';
import { migrations } from '../../../src/ledger/schema.ts';
import { sumsSinceReset } from '../../../src/ledger/sessionSums.ts';
import { isSnoozed, snooze } from '../../../src/ledger/snoozes.ts';
import { addStop, openStops } from '../../../src/ledger/stops.ts';
import type { LedgerProblem } from '../../../src/ledger/views.ts';
import { fakeReader, toLog } from './fakeReader.ts';
import { onePicoEach, outputBySession, sqlite, World } from './world.ts';

const program = fileURLToPath(new URL('./scanningProgram.ts', import.meta.url));

describe('a ledger in use', () => {
  let world: World;
  let open: LiveLedger[];
  let changes: number;

  beforeEach(() => {
    world = new World();
    open = [];
    changes = 0;
  });
  afterEach(() => {
    for (const live of open) live.close();
    world.dispose();
  });

  async function openLive(folder: string | null = world.data): Promise<LiveLedger> {
    const live = new LiveLedger({
      sqlite: sqlite(),
      folder,
      roots: await resolveRoots([{ reader: fakeReader(), path: world.logs }]),
      pricing: onePicoEach,
      onChanged: () => changes++,
      onStatus() {},
      onSettled() {},
    });
    open.push(live);
    return live;
  }

  const output = (live: LiveLedger) => live.query(outputBySession, {});
  const kinds = (live: LiveLedger) => live.problems.map(({ kind }) => kind);

  /** A ledger with many receipts whose logs are gone, closed, and nothing left in its write-ahead log. */
  async function writeOldLedger(count: number): Promise<string> {
    const lines = Array.from({ length: count }, (_, n) => ({ id: `old${n}`, session: `s${n % 50}` }));
    const log = world.write('old.log', toLog(...lines));
    const path = join(world.data, 'ledger.db');
    const db = world.open(path);
    await world.scan(db);
    claimAlert(db, {
      budget: 'a budget',
      session: sessionId(db, 's1'),
      time: { periodMs: 0, reset: 0 },
      level: 'over',
      limit: 10n ** 17n,
      spent: 2n,
      atMs: 3,
      isTold: true,
    });
    db.all('PRAGMA wal_checkpoint(TRUNCATE)');
    rmSync(log);
    return path;
  }

  function overwrite(path: string, from: number, length: number): void {
    const fd = openSync(path, 'r+');
    writeSync(fd, Buffer.alloc(length, 0x5a), 0, length, from);
    closeSync(fd);
  }

  const sessionId = (db: Database, key: string) =>
    db.get<{ id: number }>('SELECT id FROM session WHERE key = ?', key)?.id ?? 0;
  const sum = (outputs: Record<string, number>) => Object.values(outputs).reduce((a, b) => a + b, 0);

  it('keeps what it read for the next start', async () => {
    world.write('x.log', toLog({ id: 'a', session: 's' }));
    const first = await openLive();
    await first.scanAll();
    first.close();
    rmSync(join(world.logs, 'x.log'));
    assert.deepEqual(output(await openLive()), { s: 10 });
  });

  for (const [what, path] of [
    ['a file stands in place of the folder', 'file'],
    ['the folder cannot be made', 'file/below'],
  ]) {
    it(`lives in memory when ${what}`, async () => {
      writeFileSync(join(world.folder, 'file'), '');
      world.write('x.log', toLog({ id: 'a', session: 's' }));
      const live = await openLive(join(world.folder, path ?? ''));
      await live.scanAll();
      assert.deepEqual([output(live), kinds(live), live.phase], [{ s: 10 }, ['folderNotWritable'], 'ready']);
    });
  }

  for (const [what, readAgain] of [
    ['all logs are looked at', (live: LiveLedger) => live.scanAll()],
    ['any log changes', (live: LiveLedger) => live.look([join(world.logs, 'another.log')])],
  ] as const) {
    it(`moves from memory into its folder once that can be used and ${what}`, async () => {
      const folder = join(world.folder, 'file');
      writeFileSync(folder, '');
      world.write('x.log', toLog({ id: 'a', session: 's' }));
      const live = await openLive(folder);
      await live.scanAll();
      await readAgain(live);
      assert.deepEqual([output(live), kinds(live)], [{ s: 10 }, ['folderNotWritable']]);
      rmSync(folder);
      await readAgain(live);
      assert.deepEqual([output(live), live.problems, live.phase], [{ s: 10 }, [], 'ready']);
      live.close();
      assert.deepEqual(outputBySession(world.open(join(folder, 'ledger.db'))), { s: 10 });
    });
  }

  for (const what of ['ledger.db', '.']) {
    it(`starts anew from the logs when ${what === '.' ? 'its folder' : what} is deleted meanwhile`, async function () {
      // Windows deletes no file that is open.
      if (process.platform === 'win32') this.skip();
      world.write('x.log', toLog({ id: 'a', session: 's' }));
      const live = await openLive();
      await live.scanAll();
      rmSync(join(world.data, what), { recursive: true });
      await live.look([join(world.logs, 'another.log')]);
      assert.deepEqual([output(live), live.problems, live.phase], [{ s: 10 }, [], 'ready']);
      live.close();
      assert.deepEqual(outputBySession(world.open(join(world.data, 'ledger.db'))), { s: 10 });
    });
  }

  it('starts anew when its file is deleted, even if no log changes', async function () {
    if (process.platform === 'win32') this.skip();
    world.write('x.log', toLog({ id: 'a', session: 's' }));
    const live = await openLive();
    await live.scanAll();
    const path = join(world.data, 'ledger.db');
    rmSync(path);
    const isThere = () => existsSync(path) && live.phase === 'ready' && output(live).s === 10;
    for (let waits = 0; !isThere() && waits < 100; waits++) await sleep(20);
    assert.ok(isThere());
  });

  it('tries again by itself what the lock of another process kept from being stored', async () => {
    const live = await openLive();
    await live.scanAll();
    live.query((db) => db.all('PRAGMA busy_timeout = 0'), []);
    const other = new (sqlite().DatabaseSync)(join(world.data, 'ledger.db'));
    const path = world.write('x.log', toLog({ id: 'a', session: 's' }));
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      other.exec('BEGIN IMMEDIATE');
      await live.look([path]);
      assert.deepEqual([output(live), live.phase], [{}, 'scanning']);
      other.exec('ROLLBACK');
      mock.timers.runAll();
      for (let waits = 0; live.phase === 'scanning' && waits < 10_000; waits++) await setImmediate();
      assert.deepEqual([output(live), live.phase], [{ s: 10 }, 'ready']);
    } finally {
      mock.timers.reset();
      other.close();
    }
  });

  it('leaves a ledger alone that a newer version wrote', async () => {
    const path = join(world.data, 'ledger.db');
    world.open(path).run(`PRAGMA user_version = ${migrations.length + 1}`);
    const live = await openLive();
    await live.scanAll();
    assert.deepEqual([live.phase, live.problems], ['unavailable', [{ kind: 'newerLedger', path }]]);
  });

  it('stops at once when a newer version takes the ledger over meanwhile', async () => {
    const live = await openLive();
    await live.scanAll();
    world.open(join(world.data, 'ledger.db')).run(`PRAGMA user_version = ${migrations.length + 1}`);
    world.write('x.log', toLog({ id: 'a' }));
    await live.scanAll();
    assert.deepEqual([live.phase, kinds(live)], ['unavailable', ['newerLedger']]);
  });

  it('moves a file aside that is no database, and starts anew from the logs', async () => {
    writeFileSync(join(world.data, 'ledger.db'), 'this is no database'.repeat(1_000));
    world.write('x.log', toLog({ id: 'a', session: 's' }));
    const live = await openLive();
    await live.scanAll();
    const movedTo = join(world.data, 'ledger.damaged-1.db');
    assert.deepEqual(live.problems, [{ kind: 'damaged', movedTo, rescued: 0 }]);
    assert.deepEqual([output(live), statSync(movedTo).size], [{ s: 10 }, 19_000]);
  });

  it('rescues from a ledger with lost pages what the others hold, and reads the rest again', async function () {
    this.timeout(20_000);
    const count = 20_000;
    const path = await writeOldLedger(count);
    overwrite(path, Math.floor(statSync(path).size / 8192) * 4096, 3 * 4096);
    world.write('new.log', toLog({ id: 'new', session: 'fresh' }));
    const live = await openLive();
    await live.scanAll();
    for (let attempt = 0; attempt < 2; attempt++) sum(output(live));
    await live.scanAll();
    const problem = live.problems.find(
      (each): each is LedgerProblem & { kind: 'damaged' } => each.kind === 'damaged',
    );
    const { fresh, ...old } = output(live);
    assert.equal(fresh, 10);
    assert.ok(problem && problem.rescued > 0.9 * count, JSON.stringify(live.problems));
    assert.equal(sum(old), 10 * problem.rescued);
    const alerts = live.query((db) => db.all<{ limit: string }>('SELECT amount AS "limit" FROM alert'), []);
    assert.deepEqual(
      alerts.map(({ limit }) => limit),
      ['100000000000000000'],
    );
  });

  it('rescues what was spent since a reset, and no more', async () => {
    const budget = 'a budget';
    const path = await writeOldLedger(2_000);
    const db = world.open(path);
    db.write(() => addReset(db, { budget, session: sessionId(db, 's1') }, 20n, 5_000));
    await world.scan(db);
    const log = world.write('late.log', toLog({ id: 'late', session: 's1' }));
    await world.scan(db);
    rmSync(log);
    db.all('PRAGMA wal_checkpoint(TRUNCATE)');
    const leaf =
      "SELECT pageno FROM dbstat WHERE name = 'receipt' AND pagetype = 'leaf' ORDER BY path LIMIT 1";
    overwrite(path, ((db.get<{ pageno: number }>(leaf)?.pageno ?? 0) - 1) * 4096, 4096);
    const live = await openLive();
    live.query(outputBySession, {});
    const spent = live.query((open) => sumsSinceReset(open, newestRoots(open, 100), budget), []);
    assert.deepEqual(kinds(live), ['damaged']);
    assert.equal(spent.filter(({ totals }) => totals.cost === 10n).length, 1);
  });

  it('rescues the budgets in force, and what moves their lines', async () => {
    const path = await writeOldLedger(2_000);
    const db = world.open(path);
    const session = sessionId(db, 's1');
    const owner = { budget: 'a budget', session };
    db.run("INSERT INTO budget VALUES ('user', 'a budget', '{}', 7)");
    db.write(() => storeRaise(db, owner, { periodMs: 0, reset: 0 }, 10n ** 17n, 5));
    db.write(() => storeRaise(db, { ...owner, session: 0 }, { periodMs: 9, reset: 0 }, 3n, 5));
    db.write(() => addStop(db, session, 'hand', 5));
    snooze(db, { budget: '', session: 0 }, 9);
    db.all('PRAGMA wal_checkpoint(TRUNCATE)');
    const leaf =
      "SELECT pageno FROM dbstat WHERE name = 'receipt' AND pagetype = 'leaf' ORDER BY path LIMIT 1";
    overwrite(path, ((db.get<{ pageno: number }>(leaf)?.pageno ?? 0) - 1) * 4096, 4096);
    const live = await openLive();
    live.query(outputBySession, {});
    const rescued = live.query((open) => {
      const own = { budget: 'a budget', session: sessionId(open, 's1') };
      return [
        open.all('SELECT source FROM budget').length,
        raisedBy(open, own, { periodMs: 0, reset: 0 }),
        raisedBy(open, { ...own, session: 0 }, { periodMs: 9, reset: 0 }),
        openStops(open).map(({ session: stopped }) => stopped === own.session),
        isSnoozed(open, own, 8),
      ];
    }, []);
    assert.deepEqual([kinds(live), rescued], [['damaged'], [1, 10n ** 17n, 3n, [true], true]]);
  });

  for (const table of ['receipt', 'session', 'fact', 'alert']) {
    it(`comes to an end when the first page of the table ${table} is lost`, async function () {
      this.timeout(20_000);
      const path = await writeOldLedger(2_000);
      const root = world
        .open(path)
        .get<{ rootpage: number }>('SELECT rootpage FROM sqlite_master WHERE name = ?', table);
      overwrite(path, ((root?.rootpage ?? 0) - 1) * 4096, 4096);
      world.write('new.log', toLog({ id: 'new', session: 'fresh' }));
      const live = await openLive();
      await live.scanAll();
      // Nothing asks for a damaged table of alerts before a budget does.
      live.query((open) => open.all(`SELECT count(*) FROM ${table}`), []);
      await live.scanAll();
      assert.deepEqual([output(live).fresh, kinds(live), live.phase], [10, ['damaged'], 'ready']);
    });
  }

  it('never overwrites what it moved aside before', async () => {
    for (const round of [1, 2]) {
      writeFileSync(join(world.data, 'ledger.db'), `no database ${round} `.repeat(500));
      (await openLive()).close();
      for (const suffix of ['', '-wal', '-shm'])
        rmSync(join(world.data, `ledger.db${suffix}`), { force: true });
    }
    const moved = readdirSync(world.data).filter((name) => name.startsWith('ledger.damaged'));
    assert.deepEqual(
      moved.filter((name) => name.endsWith('.db')),
      ['ledger.damaged-1.db', 'ledger.damaged-2.db'],
    );
  });

  it('loses nothing on a full disk, and goes on when there is room', async function () {
    if (process.platform !== 'linux' || process.geteuid?.() !== 0) this.skip();
    this.timeout(20_000);
    const disk = join(world.folder, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
    try {
      const live = await openLive(disk);
      await live.scanAll();
      const lines = Array.from({ length: 20_000 }, (_, n) => ({ id: `r${n}`, session: 's' }));
      const path = world.write('x.log', toLog(...lines));
      await live.look([path]);
      assert.deepEqual([kinds(live), live.phase], [['diskFull'], 'ready']);
      execFileSync('mount', ['-o', 'remount,size=32m', disk]);
      await live.look([join(world.logs, 'another.log')]);
      assert.deepEqual([output(live), kinds(live)], [{ s: 200_000 }, []]);
      live.close();
    } finally {
      execFileSync('umount', ['-l', disk]);
    }
  });

  it('shows what the scanner of another window writes, and is told of it', async () => {
    const scanner = await openLive();
    const reader = await openLive();
    assert.deepEqual([scanner.phase, reader.phase], ['ready', 'waiting']);
    changes = 0;
    const path = world.write('x.log', toLog({ id: 'a', session: 's' }));
    await scanner.look([path]);
    const ownChanges = changes;
    assert.deepEqual(output(reader), { s: 10 });
    for (let waits = 0; changes === ownChanges && waits < 100; waits++) await sleep(20);
    assert.ok(changes > ownChanges);
  });

  it('tells of what it stores itself but once', async () => {
    const live = await openLive();
    changes = 0;
    await live.look([world.write('x.log', toLog({ id: 'a', session: 's' }))]);
    assert.equal(changes, 1);
    // Longer than a touch of the ledger's folder takes to be told.
    await sleep(300);
    assert.equal(changes, 1);
  });

  it('takes over from a scanner that was killed, with what that one missed', async () => {
    const holder = spawn(process.execPath, [program, 'hold', world.folder]);
    await once(holder.stdout, 'data');
    const live = await openLive();
    world.write('x.log', toLog({ id: 'missed', session: 's' }));
    await live.scanAll();
    assert.deepEqual([live.phase, output(live)], ['waiting', {}]);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    await live.look([join(world.logs, 'other.log')]);
    assert.deepEqual([live.phase, output(live)], ['ready', { s: 10 }]);
  });

  it('follows the scanner to the ledger that it made in place of a damaged one', async () => {
    await writeOldLedger(100);
    const scanner = await openLive();
    const reader = await openLive();
    await scanner.scanAll();
    scanner.close();
    writeFileSync(join(world.data, 'ledger.db'), 'no database'.repeat(2_000));
    world.write('x.log', toLog({ id: 'a', session: 'fresh' }));
    changes = 0;
    assert.deepEqual(output(reader), {});
    assert.equal(changes, 1, 'what it showed is gone');
    const repairing = await openLive();
    await repairing.scanAll();
    for (let waits = 0; output(reader).fresh === undefined && waits < 100; waits++) await sleep(20);
    assert.equal(output(reader).fresh, 10);
  });
});
