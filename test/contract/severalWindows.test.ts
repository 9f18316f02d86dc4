import assert from 'node:assert/strict';
import { join } from 'node:path';
import { migrations } from '../../src/ledger/schema.ts';
import { Random } from '../unit/ledger/random.ts';
import { dump, outputBySession, World } from '../unit/ledger/world.ts';
import { allFixtures, type ReaderFixtures } from './allFixtures.ts';
import { GrowingLogs } from './growingLogs.ts';
import { LedgerProcess } from './ledgerProcess.ts';
import type { Saying } from './ledgerProgram.ts';
import { writeOlderLedger } from './olderLedger.ts';

const ledgerOf = (world: World) => join(world.data, 'ledger.db');

describe('several windows on one ledger', function () {
  this.timeout(120_000);
  let all: readonly ReaderFixtures[];
  let quiet: World;
  let expected: ReturnType<typeof dump>;
  let output: ReturnType<typeof outputBySession>;
  let world: World;
  let windows: LedgerProcess[];

  before(async () => {
    all = await allFixtures();
    quiet = new World();
    const logs = new GrowingLogs(quiet.logs, all, 0);
    logs.writeAll();
    const only = new LedgerProcess({ folder: quiet.data, roots: logs.roots });
    await only.looks();
    await only.close();
    const db = quiet.open(ledgerOf(quiet));
    [expected, output] = [dump(db), outputBySession(db)];
  });
  after(() => quiet.dispose());

  beforeEach(() => {
    world = new World();
    windows = [];
  });
  afterEach(async () => {
    await Promise.all(windows.map((window) => window.kill()));
    world.dispose();
  });

  function open(count: number, logs: GrowingLogs): void {
    windows = Array.from(
      { length: count },
      () => new LedgerProcess({ folder: world.data, roots: logs.roots }),
    );
  }

  /** The one that scans, of windows that have all looked at the logs. */
  function scannerOf(said: readonly Saying[]): LedgerProcess {
    assert.deepEqual(
      said.map(({ phase }) => phase).sort(),
      windows.map((_, index) => (index === 0 ? 'ready' : 'waiting')),
    );
    assert.deepEqual([said.flatMap(({ problems }) => problems), complaints()], [[], '']);
    return windows[said.findIndex(({ phase }) => phase === 'ready')] ?? assert.fail('nobody scans');
  }

  const complaints = () => windows.map((window) => window.complaints).join('');
  const each = (what: (window: LedgerProcess) => Promise<Saying>) => Promise.all(windows.map(what));

  for (const count of [2, 8]) {
    it(`shows the same in all ${count}, of which one scans`, async () => {
      const logs = new GrowingLogs(world.logs, all, 0);
      logs.writeAll();
      open(count, logs);
      scannerOf(await each((window) => window.looks()));
      const said = await each((window) => window.look());
      scannerOf(said);
      for (const saying of said) assert.deepEqual(saying.output, output);
      assert.deepEqual(dump(world.open(ledgerOf(world))), expected);
    });
  }

  for (const steps of migrations.keys()) {
    if (steps === 0) continue;
    it(`migrates a ledger of version ${steps} once, whoever opens it meanwhile`, async () => {
      const logs = new GrowingLogs(world.logs, all, 0);
      logs.writeAll();
      writeOlderLedger(ledgerOf(world), steps, ledgerOf(quiet));
      open(4, logs);
      scannerOf(await each((window) => window.looks()));
      for (const { output: shown } of await each((window) => window.look())) assert.deepEqual(shown, output);
      assert.deepEqual(dump(world.open(ledgerOf(world))), expected);
    });
  }

  it('has another take over from each that is killed, and loses nothing', async () => {
    const logs = new GrowingLogs(world.logs, all, 0);
    const random = new Random(8);
    logs.writeSome(random);
    open(5, logs);
    let scanner = scannerOf(await each((window) => window.looks()));
    while (windows.length > 1) {
      logs.writeSome(random);
      void scanner.look().catch(() => {});
      await scanner.kill();
      windows.splice(windows.indexOf(scanner), 1);
      scanner = scannerOf(await each((window) => window.look()));
    }
    logs.writeAll();
    assert.deepEqual((await scanner.look()).output, output);
    assert.deepEqual(dump(world.open(ledgerOf(world))), expected);
  });
});
