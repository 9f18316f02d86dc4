import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { zstdCompressSync } from 'node:zlib';
import type { Database } from '../../../src/ledger/database.ts';
import { fakeReader, toLog } from './fakeReader.ts';
import { outputBySession, World } from './world.ts';

describe('a compressed log', () => {
  let world: World;
  let db: Database;
  let read: string[];

  beforeEach(() => {
    world = new World();
    db = world.open();
    read = [];
  });
  afterEach(() => world.dispose());

  const scan = () => world.scan(db, fakeReader({ onLine: (line) => read.push(line) }));
  const write = (text: string, bytes = zstdCompressSync(text)) => world.write('a.log.zst', bytes);
  const refused = () => db.all<{ reason: string; count: number }>('SELECT reason, count FROM refusal');
  const receipts = (from: number, count: number) =>
    toLog(...Array.from({ length: count }, (_, n) => ({ id: `r${from + n}`, session: 's' })));

  it('is read once, and again from its start when it has changed', async () => {
    write(receipts(0, 3));
    await scan();
    await scan();
    assert.equal(read.length, 3);
    write(receipts(0, 4));
    await scan();
    assert.equal(read.length, 7);
    assert.deepEqual(outputBySession(db), { s: 40 });
  });

  it('counts once with the plain log that it was made from', async () => {
    world.write('a.log', receipts(0, 3));
    await scan();
    write(receipts(0, 3));
    await scan();
    assert.deepEqual(outputBySession(db), { s: 30 });
  });

  it('is stored in many steps where it is long, and lacks no line', async () => {
    const filler = randomBytes(40 << 10).toString('base64');
    const line = (n: number) => `${JSON.stringify({ id: `r${n}`, session: 's', model: 'm', filler })}\n`;
    write(Array.from({ length: 1_300 }, (_, n) => line(n)).join(''));
    await scan();
    assert.equal(read.length, 1_300);
    assert.deepEqual(outputBySession(db), { s: 13_000 });
    const [source] = db.all<{ revision: number; read_bytes: number }>(
      'SELECT revision, read_bytes FROM source',
    );
    assert.ok(source !== undefined && source.revision > 1 && source.read_bytes > 65_000_000);
    await scan();
    assert.equal(read.length, 1_300);
  });

  it('tells what can be read of it where it is damaged, says so, and is left alone until it changes', async () => {
    const whole = zstdCompressSync(
      `${receipts(0, 2)}${randomBytes(600_000).toString('base64')}\n${receipts(2, 2)}`,
    );
    write('', whole.subarray(0, whole.length - 1_000));
    await scan();
    assert.deepEqual(outputBySession(db), { s: 20 });
    assert.ok(refused().every(({ reason }) => reason === 'malformed') && refused().length === 1);
    const before = read.length;
    await scan();
    assert.equal(read.length, before);
    write(receipts(0, 4));
    await scan();
    assert.deepEqual([outputBySession(db), refused()], [{ s: 40 }, []]);
  });

  it('is refused where it is no such file', async () => {
    write('', Buffer.from(receipts(0, 2)));
    await scan();
    assert.deepEqual(outputBySession(db), {});
    assert.deepEqual(
      refused().map(({ reason, count }) => [reason, count]),
      [['malformed', 1]],
    );
  });
});
