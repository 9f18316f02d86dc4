import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '../unit/ledger/random.ts';
import { dump, World } from '../unit/ledger/world.ts';
import { allFixtures, type ReaderFixtures } from './allFixtures.ts';
import { limitFileSizes, mountSmallDisk, type SmallDisk } from './fullDisk.ts';
import { GrowingLogs } from './growingLogs.ts';
import { LedgerProcess } from './ledgerProcess.ts';

const isThorough = process.env.TOKEN_BURN_THOROUGH === '1';
const times = isThorough ? 60 : 5;
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

describe('a disk that is full in the middle of a commit', () => {
  let all: readonly ReaderFixtures[];
  let expected: ReturnType<typeof dump>;
  let ledgerBytes: number;

  before(async function () {
    this.timeout(60_000);
    all = await allFixtures();
    const quiet = new World();
    try {
      ({ dumped: expected } = await scanOn(quiet, all, null, () => Promise.resolve()));
      ledgerBytes = statSync(join(quiet.data, 'ledger.db')).size;
    } finally {
      quiet.dispose();
    }
  });

  const disks: Readonly<Record<string, (world: World, roomBytes: number) => SmallDisk | null>> = {
    'of a file system without room': ({ data }, roomBytes) => mountSmallDisk(data, roomBytes),
    'of a limit to its files': (_world, roomBytes) => limitFileSizes(roomBytes),
  };

  for (const [what, diskFor] of Object.entries(disks)) {
    it(`${what} loses nothing once there is room, ${times} times (SEED=${seed})`, async function () {
      this.timeout(600_000);
      let full = 0;
      for (let round = 0; round < times; round++) {
        const random = new Random(seed + round);
        const world = new World();
        // Before the ledger itself its write-ahead log grows, in which a page stands as often as it was written.
        const disk = diskFor(world, Math.round((0.5 + random.below(150) / 100) * ledgerBytes));
        try {
          if (disk === null) this.skip();
          const { dumped, wasFull } = await scanOn(world, all, disk, (scanner) =>
            random.below(2) === 0 ? scanner.kill() : Promise.resolve(),
          );
          if (wasFull) full++;
          assert.deepEqual(dumped, expected);
        } finally {
          world.close();
          disk?.dispose();
          world.dispose();
        }
      }
      assert.ok(full > 0, 'no commit met a full disk');
    });
  }
});

/**
 * Scans on a disk until it is full, makes room and looks again, and gives what the ledger holds then.
 *
 * @param beset what happens to the process while the disk is full
 */
async function scanOn(
  world: World,
  all: readonly ReaderFixtures[],
  disk: SmallDisk | null,
  beset: (scanner: LedgerProcess) => Promise<void>,
) {
  const logs = new GrowingLogs(world.logs, all, 0);
  logs.writeAll();
  const options = { folder: world.data, roots: logs.roots };
  const scanner = new LedgerProcess(options, disk?.launch);
  const opened = await scanner.next();
  const { problems } = await scanner.looks();
  const wasFull = problems.length > 0;
  assert.deepEqual(problems, wasFull ? [{ kind: 'diskFull', path: world.data }] : []);
  if (wasFull) await beset(scanner);
  disk?.giveRoom(scanner.isAlive ? scanner.pid : null);
  const last = scanner.isAlive ? scanner : new LedgerProcess(options);
  const looked = await (last === scanner ? last.look() : last.looks());
  await last.close();
  assert.deepEqual([looked.phase, looked.problems, last.complaints], ['ready', [], '']);
  assert.deepEqual(
    readdirSync(world.data).filter((name) => name.includes('damaged')),
    [],
  );
  return {
    dumped: dump(world.open(join(world.data, 'ledger.db'))),
    wasFull: wasFull && opened?.problems.length === 0,
  };
}
