import assert from 'node:assert/strict';
import { closeSync, existsSync, openSync, readdirSync } from 'node:fs';
import { claudeCodeReader } from '../../../src/agents/claude/claudeCodeReader.ts';
import { resolveRoots } from '../../../src/ledger/discover.ts';
import { newBlock } from '../../../src/ledger/newBlock.ts';
import { Scanner } from '../../../src/ledger/scanner.ts';
import { buffersOf, type SidePart, type SideReader, SideReadings } from '../../../src/ledger/sideReader.ts';
import { sideReaderStarter } from '../../../src/workers/sideReader.ts';
import { fakeReader, toLog } from './fakeReader.ts';
import { dump, onePicoEach, sqlite, World } from './world.ts';

/** Enough for another thread to be worth its start, in logs of which several make a chunk. */
const files = 30;
const padding = `${'x'.repeat(1 << 19)}\n`.repeat(4);

describe('reading in two threads', function () {
  this.timeout(20_000);
  let world: World;
  let begun: number;
  beforeEach(() => {
    world = new World();
    begun = 0;
    for (let file = 0; file < files; file++) {
      const session = `s${file % 7}`;
      const first = toLog({ id: `${file}-a`, session }, { id: 'shared', session, tokens: { output: file } });
      world.write(`${file}.log`, `${first}${padding}${toLog({ id: `${file}-b`, session })}`);
    }
  });
  afterEach(() => world.dispose());

  /** The other thread's end in this thread, with the time that messages take, and what they leave there. */
  function inThisThread(changed: Partial<SideReader> = {}): SideReader {
    const tools = { sqlite: sqlite(), block: newBlock(), readers: [fakeReader()] };
    const readings = new SideReadings(tools);
    const moved = async (answer: Promise<SidePart>) => {
      const part = await answer;
      return structuredClone(part, { transfer: [...buffersOf(part)] });
    };
    const later = <Answer>(answer: () => Promise<Answer>) =>
      new Promise<Answer>((resolve) => setImmediate(() => resolve(answer())));
    return {
      begin(id, logs) {
        begun += logs.length;
        return later(() => moved(readings.begin(id, logs)));
      },
      next: (id) => later(() => moved(readings.next(id))),
      drop: (id) => later(() => readings.drop(id)),
      close() {},
      ...changed,
    };
  }

  async function scan(startSideReader?: () => SideReader) {
    const db = world.open();
    const roots = await resolveRoots([{ reader: fakeReader(), path: world.logs }]);
    const listener = { onStored() {}, onProgress() {} };
    await new Scanner({
      sqlite: sqlite(),
      db,
      roots,
      pricing: onePicoEach,
      listener,
      startSideReader,
    }).scanAll();
    return { db, dumped: dump(db) };
  }

  it('gives the same ledger as reading in one', async () => {
    const { dumped } = await scan();
    assert.equal(dumped.receipts.length, 2 * files + 1);
    assert.deepEqual((await scan(() => inThisThread())).dumped, dumped);
    assert.ok(begun > 0 && begun < files, 'both have read');
  });

  it('reads in one what the other left undone', async () => {
    const { dumped } = await scan();
    let parts = 0;
    const next: SideReader['next'] = () => Promise.reject(new Error('it has ended'));
    const begin: SideReader['begin'] = (id, logs) =>
      parts++ === 0 ? inThisThread().begin(id, logs) : Promise.reject(new Error('it has ended'));
    assert.deepEqual((await scan(() => inThisThread({ begin, next }))).dumped, dumped);
  });

  it('begins the other for many bytes alone, and ends it', async () => {
    const little = new World();
    try {
      const acts: string[] = [];
      const start = () => {
        acts.push('began');
        return inThisThread({ close: () => acts.push('ended') });
      };
      little.write('little.log', toLog({ id: 'a', session: 's' }));
      const db = little.open();
      const listener = { onStored() {}, onProgress() {} };
      const common = { sqlite: sqlite(), db, pricing: onePicoEach, listener, startSideReader: start };
      const rootsAt = (path: string) => resolveRoots([{ reader: fakeReader(), path }]);
      await new Scanner({ ...common, roots: await rootsAt(little.logs) }).scanAll();
      assert.deepEqual(acts, []);
      await new Scanner({ ...common, roots: await rootsAt(world.logs) }).scanAll();
      assert.deepEqual(acts, ['began', 'ended']);
    } finally {
      little.dispose();
    }
  });

  it('leaves no log open', async function () {
    if (!existsSync('/proc/self/fd')) this.skip();
    const open = () => readdirSync('/proc/self/fd').length;
    const before = open();
    await scan(() => inThisThread());
    assert.ok(open() <= before + 4, 'a ledger in memory takes some');
  });

  it('gives up what another process has read meanwhile', async () => {
    const { dumped } = await scan();
    const db = world.open();
    const roots = await resolveRoots([{ reader: fakeReader(), path: world.logs }]);
    const listener = { onStored() {}, onProgress() {} };
    const common = { sqlite: sqlite(), db, roots, pricing: onePicoEach, listener };
    const begin: SideReader['begin'] = async (id, logs) => {
      const part = await inThisThread().begin(id, logs);
      // As one that has taken over the lock would.
      db.run('UPDATE source SET revision = revision + 1');
      for (const { path, agent } of logs) {
        db.run(
          `INSERT OR IGNORE INTO source (revision, agent, root, path, is_unreadable, file_id, size, mtime_us, born_ms,
            read_bytes, tail_hash, logged_ms, reader) VALUES (1, ?, ?, ?, 0, '', 0, 0, 4e12, 0, '', 0, 0)`,
          agent,
          world.logs,
          path,
        );
      }
      return part;
    };
    await new Scanner({ ...common, startSideReader: () => inThisThread({ begin }) }).scanAll();
    assert.deepEqual(dump(db).receipts, dumped.receipts);
  });
});

describe('the thread that reads logs', () => {
  it('answers what is read of them, and with an error once it is closed', async () => {
    const world = new World();
    try {
      const start = sideReaderStarter(new URL('../../../src/workers/logReaderMain.ts', import.meta.url));
      if (start === undefined) return;
      const side = start();
      const path = world.write('-app/1.jsonl', '{"type":"assistant"\n');
      const fd = openSync(path, 'r');
      const part = await side.begin(1, [
        {
          agent: claudeCodeReader.agent,
          reader: claudeCodeReader.version,
          rootPath: world.logs,
          path,
          relativePath: '-app/1.jsonl',
          fd,
          file: { id: '1', size: 20, mtimeUs: 1 },
          bornMs: 1,
          writtenMs: 1,
          known: undefined,
          isRestart: true,
        },
      ]);
      assert.deepEqual(
        part.steps.map(({ refused, source }) => [source.readBytes, refused.get('malformed')]),
        [[20, 1]],
      );
      assert.equal(part.isLast, true);
      await assert.rejects(side.next(1), /nothing is left/);
      closeSync(fd);
      side.close();
      for (let round = 0; round < 3; round++) await assert.rejects(side.begin(2, []), /ended/);
      await assert.rejects(side.drop(2), /ended/);
    } finally {
      world.dispose();
    }
  });
});
