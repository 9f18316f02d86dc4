import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { LineFormat, LogParser, Reader } from '../../../src/agents/reader.ts';
import type { Database } from '../../../src/ledger/database.ts';
import { resolveRoots } from '../../../src/ledger/discover.ts';
import { logFolders } from '../../../src/ledger/folders.ts';
import { Scanner } from '../../../src/ledger/scanner.ts';
import { fakeFormat, fakeReader, toLog } from './fakeReader.ts';
import { asNobody, noRightsReason } from './rights.ts';
import { dump, onePicoEach, outputBySession, sqlite, World } from './world.ts';

const program = fileURLToPath(new URL('./scanningProgram.ts', import.meta.url));

describe('scanning', () => {
  let world: World;
  let db: Database;
  let read: string[];
  let reader: Reader;

  beforeEach(() => {
    world = new World();
    db = world.open();
    read = [];
    reader = fakeReader({ onLine: (line) => read.push(line) });
  });
  afterEach(() => world.dispose());

  /** Scans; returns how many lines were read for it. */
  async function scan(): Promise<number> {
    const before = read.length;
    await world.scan(db, reader);
    return read.length - before;
  }

  const one = toLog({ id: 'a', session: 's' });
  const two = toLog({ id: 'b', session: 's' });

  it('reads nothing again where nothing changed', async () => {
    world.write('x.log', one + two);
    assert.deepEqual([await scan(), await scan()], [2, 0]);
  });

  it('reads of a log that grew only what is new', async () => {
    const path = world.write('x.log', one + two.slice(0, 5));
    await scan();
    appendFileSync(path, two.slice(5));
    assert.equal(await scan(), 1);
    assert.deepEqual(outputBySession(db), { s: 20 });
  });

  it('takes a last line that lacks nothing but its break, and once when the break comes', async () => {
    const line = toLog({ id: 'b', session: 's', tokens: { output: 5 } });
    const file = world.write('x.log', toLog({ id: 'a', session: 's' }) + line.slice(0, -2));
    await world.scan(db);
    assert.deepEqual(outputBySession(db), { s: 10 });
    appendFileSync(file, '}');
    await world.scan(db);
    assert.deepEqual(outputBySession(db), { s: 15 });
    appendFileSync(file, `\n${toLog({ id: 'c', session: 's' })}`);
    await world.scan(db);
    assert.deepEqual(outputBySession(db), { s: 25 });
    assert.deepEqual(roleOf('x.log'), '3');
    assert.equal(db.get<{ count: number }>('SELECT count(*) AS count FROM refusal')?.count, 0);
  });

  it('leaves a last line without its break that is no object', async () => {
    const file = world.write('x.log', `${toLog({ id: 'a', session: 's' })}17`);
    await world.scan(db);
    assert.equal(roleOf('x.log'), '1');
    appendFileSync(file, '\n');
    await world.scan(db);
    assert.equal(roleOf('x.log'), '2');
  });

  it('counts a last line that is refused when its break is there', async () => {
    const refusing: LogParser = { read: (_line, sink) => sink.refuse('implausible'), save: () => null };
    const reader: Reader = { ...fakeReader(), formatOf: () => ({ kind: 'lines', open: () => refusing }) };
    const refused = () => db.all<{ count: number }>('SELECT count FROM refusal').map(({ count }) => count);
    const file = world.write('x.log', '{"a":1}');
    await world.scan(db, reader);
    assert.deepEqual(refused(), []);
    appendFileSync(file, '\n');
    await world.scan(db, reader);
    assert.deepEqual(refused(), [1]);
  });

  function roleOf(key: string): string | undefined {
    const sql =
      "SELECT value FROM fact JOIN session ON session.id = session WHERE key = ? AND field = 'role'";
    return db.get<{ value: string }>(sql, key)?.value;
  }

  it('goes on in a renamed log where it was', async () => {
    const path = world.write('x.log', one);
    await scan();
    mkdirSync(join(world.logs, 'archive'));
    renameSync(path, join(world.logs, 'archive', 'y.log'));
    appendFileSync(join(world.logs, 'archive', 'y.log'), two);
    assert.equal(await scan(), 1);
    assert.equal(db.all('SELECT * FROM source').length, 1);
  });

  it('takes nothing over from a log of which nothing was read: its file number may have gone to another', async () => {
    const parserOf = (path: string): LogParser => ({
      read: (_line, sink) => sink.session({ agent: 'claude-code', key: path, atMs: 1 }),
      save: () => path,
    });
    const open: LineFormat['open'] = (log, saved) => parserOf(String(saved ?? log.relativePath));
    const reader: Reader = { ...fakeReader(), formatOf: () => ({ kind: 'lines', open }) };
    const path = world.write('a.log', '');
    await world.scan(db, reader);
    renameSync(path, join(world.logs, 'b.log'));
    appendFileSync(join(world.logs, 'b.log'), '{}\n');
    await world.scan(db, reader);
    const keys = db.all<{ key: string }>('SELECT key FROM session').map(({ key }) => key);
    assert.deepEqual(keys, ['b.log']);
  });

  it('takes a second name of the same file for another log', async () => {
    const path = world.write('x.log', one);
    await scan();
    linkSync(path, join(world.logs, 'y.log'));
    assert.equal(await scan(), 1);
    assert.deepEqual(outputBySession(db), { s: 10 });
  });

  it('reads a log that was cut short from its start, and forgets nothing', async () => {
    const path = world.write('x.log', `${one}bad\n${two}`);
    await scan();
    truncateSync(path, one.length);
    assert.equal(await scan(), 1);
    assert.deepEqual(outputBySession(db), { s: 20 });
    assert.deepEqual(dump(db).refusals, []);
  });

  it('reads a log that was written anew from its start, even when it is longer', async () => {
    const path = world.write('x.log', one);
    await scan();
    writeFileSync(
      path,
      toLog({ id: 'c', session: 's' }, { id: 'd', session: 's' }, { id: 'a', session: 's' }),
    );
    assert.equal(await scan(), 3);
    assert.deepEqual(outputBySession(db), { s: 30 });
  });

  it('notices other content of the same size by the time of the change', async () => {
    const path = world.write('x.log', one);
    await scan();
    writeFileSync(path, toLog({ id: 'z', session: 's' }));
    utimesSync(path, new Date(), new Date(Date.now() + 5_000));
    await scan();
    assert.deepEqual(outputBySession(db), { s: 20 });
  });

  it('reads every log again for a reader that has learned', async () => {
    world.write('x.log', `${one}bad\n`);
    await scan();
    reader = fakeReader({ version: 2, onLine: (line) => read.push(line) });
    assert.equal(await scan(), 2);
    assert.deepEqual(
      dump(db).refusals.map((row) => ({ ...(row as object) })),
      [{ path: 'x.log', reason: 'malformed', count: 1 }],
    );
  });

  it('keeps the receipts of a log that is gone', async () => {
    const path = world.write('x.log', one);
    await scan();
    rmSync(path);
    await scan();
    assert.deepEqual(outputBySession(db), { s: 10 });
    assert.deepEqual(db.all('SELECT * FROM source'), []);
  });

  it('counts a refused line once, and as one line', async () => {
    const path = world.write('x.log', `${one}bad\n`);
    await scan();
    appendFileSync(path, 'bad too\n');
    await scan();
    await scan();
    assert.equal(db.get<{ count: number }>('SELECT count FROM refusal')?.count, 2);
  });

  it('survives a reader with a bug, and says that a line was lost', async () => {
    const buggy: Reader = {
      ...reader,
      formatOf: () => ({
        kind: 'lines',
        open: (...args) => {
          const parser = fakeFormat().open(...args);
          return {
            save: () => parser.save(),
            read(line, sink) {
              if (line.has('"b"')) throw new Error('a bug');
              parser.read(line, sink);
            },
          };
        },
      }),
    };
    world.write('x.log', one + two + toLog({ id: 'c', session: 's' }));
    await world.scan(db, buggy);
    assert.deepEqual(outputBySession(db), { s: 20 });
    assert.equal(db.get<{ count: number }>('SELECT count FROM refusal')?.count, 1);
  });

  it('reads a folder once, however often it is given and wherever links lead', async () => {
    world.write('sub/x.log', one);
    symlinkSync(world.logs, join(world.logs, 'sub', 'loop'));
    symlinkSync(world.logs, join(world.folder, 'other'));
    const paths = [world.logs, `${world.logs}/`, join(world.folder, 'other'), join(world.logs, 'sub')];
    const roots = await resolveRoots(paths.map((path) => ({ reader, path })));
    await new Scanner({
      sqlite: sqlite(),
      db,
      roots,
      pricing: onePicoEach,
      listener: { onStored() {}, onProgress() {} },
    }).scanAll();
    assert.equal(read.length, 1);
  });

  it('follows a link to a folder elsewhere', async () => {
    const elsewhere = join(world.folder, 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'x.log'), one);
    symlinkSync(elsewhere, join(world.logs, 'link'));
    assert.equal(await scan(), 1);
  });

  it('reads what a watcher names, logs and folders, and nothing else', async () => {
    const scanner = await world.scanner(db, reader);
    const path = world.write('new/x.log', one);
    world.write('unseen.log', two);
    await scanner.look([path, world.folder, join(world.logs, 'gone.log'), '/']);
    assert.equal(read.length, 1);
    await scanner.look([world.logs]);
    assert.equal(read.length, 2);
  });

  it('knows a log that a watcher names by the way that its folder was given', async () => {
    const way = join(world.folder, 'way');
    symlinkSync(world.logs, way, 'junction');
    const roots = await resolveRoots([{ reader, path: way }]);
    const listener = { onStored() {}, onProgress() {} };
    const scanner = new Scanner({ sqlite: sqlite(), db, roots, pricing: onePicoEach, listener });
    world.write('x.log', one);
    await scanner.look([join(way, 'x.log')]);
    assert.equal(read.length, 1);
    await scanner.look([join(world.logs, 'x.log')]);
    assert.equal(read.length, 1);
  });

  it('reads a log of which the name begins with the dots that lead out of a folder', async () => {
    const scanner = await world.scanner(db, reader);
    await scanner.look([world.write('..x.log', one)]);
    assert.equal(read.length, 1);
  });

  it('lets others have their turn while a watcher names many files', async () => {
    const scanner = await world.scanner(db, reader);
    let turns = 0;
    let turn = setImmediate(function take() {
      turns++;
      turn = setImmediate(take);
    });
    await scanner.look(Array.from({ length: 1_000 }, (_, file) => join(world.folder, `${file}.log`)));
    clearImmediate(turn);
    assert.ok(turns >= 3, `${turns} turns`);
  });

  it('reads to its end what it has found where the folders are others by then', async () => {
    world.write('x.log', one);
    const roots = await resolveRoots([{ reader, path: world.logs }]);
    const listener = { onStored() {}, onProgress: () => scanner.useRoots([]) };
    const scanner = new Scanner({ sqlite: sqlite(), db, roots, pricing: onePicoEach, listener });
    await scanner.scanAll();
    assert.equal(read.length, 1);
  });

  it('looks into a folder that is named like a log', async () => {
    const scanner = await world.scanner(db, reader);
    world.write('folder.log/x.log', one);
    await scanner.look([join(world.logs, 'folder.log')]);
    assert.deepEqual([read.length, dump(db).refusals], [1, []]);
    assert.equal(db.get<{ count: number }>('SELECT count(*) AS count FROM source')?.count, 1);
  });

  it('does not wait for a pipe that is named like a log', async function () {
    if (process.platform === 'win32') this.skip();
    this.timeout(20_000);
    const pipe = join(world.logs, 'pipe.log');
    execFileSync('mkfifo', [pipe]);
    // Whoever waits for a pipe does nothing else: only another process can tell.
    const looking = spawn(process.execPath, [program, 'look', world.folder, pipe]);
    const said = await Promise.race([once(looking.stdout, 'data').then(String), sleep(10_000, 'nothing')]);
    looking.kill('SIGKILL');
    assert.equal(said, 'done\n');
  });

  it('looks at a folder without opening what has not changed, nor many logs at once', async function () {
    this.timeout(20_000);
    for (let file = 0; file < 600; file++) world.write(`${file}.log`, toLog({ id: `${file}`, session: 's' }));
    await scan();
    const before = read.length;
    const revisions = () => db.get<{ sum: number }>('SELECT sum(revision) AS sum FROM source')?.sum;
    const known = revisions();
    await (await world.scanner(db, reader)).look([world.logs]);
    assert.deepEqual([read.length, revisions()], [before, known]);
  });

  it('leaves time for others, however small the logs are and however empty the folders', async () => {
    const turnsDuring = async (scan: () => Promise<unknown>) => {
      let turns = 0;
      let isOver = false;
      const count = () => {
        turns++;
        if (!isOver) setImmediate(count);
      };
      setImmediate(count);
      await scan();
      isOver = true;
      return turns;
    };
    for (let folder = 0; folder < 600; folder++) mkdirSync(join(world.logs, `empty-${folder}`));
    assert.ok((await turnsDuring(() => world.scan(db))) >= 2);
    for (let log = 0; log < 400; log++) world.write(`${log}.log`, toLog({ id: `${log}`, session: 's' }));
    assert.ok((await turnsDuring(() => world.scan(db))) >= 10);
  });

  it('goes on in the middle of a log where a scan was cut off', async function () {
    this.timeout(20_000);
    const count = 60_000;
    const text = toLog(...Array.from({ length: count }, (_, n) => ({ id: `r${n}`, session: 's' })));
    const path = world.write('x.log', text);
    const failingAtTheEnd = {
      ...onePicoEach,
      price: () => (read.length === count ? fail() : null),
    };
    await assert.rejects(world.scan(db, reader, failingAtTheEnd), /no more room/);
    const cursor = db.get<{ read_bytes: number }>('SELECT read_bytes FROM source')?.read_bytes ?? 0;
    assert.ok(cursor > 0 && cursor < statSync(path).size, String(cursor));
    const linesLeft = text.slice(cursor).split('\n').length - 1;
    assert.equal(await scan(), linesLeft);
    assert.deepEqual(outputBySession(db), { s: 10 * count });
  });

  it('counts what it may not open, goes on with the rest, and reads it later', async function () {
    if (noRightsReason !== null) this.skip();
    const locked = world.write('locked.log', two);
    world.write('folder/x.log', toLog({ id: 'c', session: 's' }));
    world.write('open.log', one);
    const folder = join(world.logs, 'folder');
    chmodSync(locked, 0);
    chmodSync(folder, 0);
    await asNobody([world.folder], () => world.scan(db, reader));
    assert.deepEqual(outputBySession(db), { s: 10 });
    const roots = await resolveRoots([{ reader, path: world.logs }]);
    const [counted] = logFolders(db, roots);
    assert.deepEqual(
      { files: counted?.files, refused: counted?.refused },
      { files: 1, refused: { unreadable: 2 } },
    );
    chmodSync(locked, 0o644);
    chmodSync(folder, 0o755);
    await scan();
    assert.deepEqual(outputBySession(db), { s: 30 });
    assert.deepEqual(logFolders(db, roots)[0]?.refused, {});
  });

  it('tells folders that are missing from such that cannot be looked into', async function () {
    if (noRightsReason !== null) this.skip();
    const locked = join(world.folder, 'locked');
    mkdirSync(locked, { mode: 0 });
    const paths = [world.logs, locked, join(world.folder, 'nowhere')];
    const states = await asNobody([world.folder], async () => {
      const roots = await resolveRoots(paths.map((path) => ({ reader, path })));
      return logFolders(db, roots).map(({ state }) => state);
    });
    assert.deepEqual(states, ['found', 'unreadable', 'missing']);
  });
});

function fail(): never {
  throw new Error('no more room');
}
