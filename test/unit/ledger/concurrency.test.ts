import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Reader } from '../../../src/agents/reader.ts';
import { ScannerLock } from '../../../src/ledger/scannerLock.ts';
import { fakeFormat, fakeReader, toLog } from './fakeReader.ts';
import { Random } from './random.ts';
import { dump, outputBySession, sqlite, World } from './world.ts';

const program = fileURLToPath(new URL('./scanningProgram.ts', import.meta.url));

describe('several processes on one ledger', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });
  afterEach(() => world.dispose());

  it('drops what was read from a cursor that another has moved, and reads again', async () => {
    const path = join(world.data, 'ledger.db');
    const [mine, others] = [world.open(path), world.open(path)];
    world.write('x.log', `${toLog({ id: 'a', session: 's' })}bad\n`);
    let isFirst = true;
    const slow: Reader = {
      ...fakeReader(),
      formatOf: () => ({
        kind: 'lines',
        open: (...args) => {
          const parser = fakeFormat().open(...args);
          return { read: parser.read.bind(parser), save: () => overtaken(() => parser.save()) };
        },
      }),
    };
    const overtaken = <T>(save: () => T): T => {
      if (isFirst) others.run(insertCursor, world.logs, join(world.logs, 'x.log'));
      isFirst = false;
      return save();
    };
    await world.scan(mine, slow);
    assert.deepEqual(outputBySession(mine), { s: 10 });
    assert.deepEqual(
      mine.all<{ count: number }>('SELECT count FROM refusal').map(({ count }) => count),
      [1],
    );
    assert.equal(mine.get<{ revision: number }>('SELECT revision FROM source')?.revision, 2);
  });

  it('lets one process scan, and the next as soon as the first is killed', async () => {
    const holder = spawn(process.execPath, [program, 'hold', world.folder]);
    try {
      await once(holder.stdout, 'data');
      assert.equal(ScannerLock.take(sqlite(), world.data), null);
    } finally {
      await kill(holder);
    }
    const lock = ScannerLock.take(sqlite(), world.data);
    assert.ok(lock);
    lock.release();
  });

  it('loses and doubles nothing when scanners run at once and are killed at any time', async function () {
    this.timeout(60_000);
    const random = new Random(7);
    writeLogs(world, random);
    const reference = world.open();
    await world.scan(reference);
    for (let round = 0; round < 4; round++) {
      const children = [0, 1].map(() => spawn(process.execPath, [program, 'scan', world.folder]));
      await Promise.race(children.map((child) => once(child.stdout, 'data')));
      await sleep(random.below(40));
      await Promise.all(children.map(kill));
    }
    const db = world.open(join(world.data, 'ledger.db'));
    await world.scan(db);
    assert.deepEqual(dump(db), dump(reference));
  });
});

const insertCursor = `
  INSERT INTO source (revision, agent, root, path, is_unreadable, file_id, size, mtime_us, born_ms, read_bytes,
    tail_hash, logged_ms, reader)
  VALUES (1, 'claude-code', ?, ?, 0, 'x', 0, 0, 0, 0, '', 0, 1)`;

function writeLogs(world: World, random: Random): void {
  for (let file = 0; file < 40; file++) {
    const path = world.write(`${file}.log`, '', 1_000_000 + file);
    const lines = Array.from({ length: 800 }, () => ({
      id: `r${random.below(9_000)}`,
      session: `s${file % 7}`,
      at: random.below(1_000),
      tokens: { output: random.below(100) },
    }));
    appendFileSync(path, `${toLog(...lines)}bad\n`);
  }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
