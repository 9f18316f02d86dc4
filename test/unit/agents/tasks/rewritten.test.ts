import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { clineReader } from '../../../../src/agents/cline/clineReader.ts';
import type { Reader } from '../../../../src/agents/reader.ts';
import { rooCodeReader } from '../../../../src/agents/roo/rooReaders.ts';
import type { Database } from '../../../../src/ledger/database.ts';
import { rescue } from '../../../../src/ledger/rescue.ts';
import { at, file, request, say, used } from '../../../fixtures/cline/records.ts';
import { onePicoEach, outputBySession, sqlite, World } from '../../ledger/world.ts';

/** Ways in which the ledger forgets how far it has read a log, but not what it has counted. Each returns the ledger. */
const waysToForget: readonly (readonly [
  how: string,
  forget: (world: World, db: Database, reader: Reader) => Promise<Database>,
])[] = [
  ['after all cursors were lost', async (_world, db) => forgetBy(db, 'DELETE FROM source')],
  [
    'when the reader has learnt to see more',
    async (_world, db) => forgetBy(db, 'UPDATE source SET reader = 0'),
  ],
  [
    'when the log was away for a while',
    async (world, db, reader) => {
      renameSync(world.logs, `${world.logs}.away`);
      mkdirSync(world.logs);
      await world.scan(db, reader);
      rmSync(world.logs, { recursive: true });
      renameSync(`${world.logs}.away`, world.logs);
      return db;
    },
  ],
  [
    'after the ledger was damaged',
    async (world, db) => {
      const path = join(world.data, `${randomUUID()}.sqlite`);
      db.run('VACUUM INTO ?', path);
      const rescued = world.open();
      rescue(sqlite(), path, rescued, onePicoEach);
      return rescued;
    },
  ],
];

async function forgetNothing(_world: World, db: Database): Promise<Database> {
  return db;
}

function forgetBy(db: Database, sql: string): Database {
  db.run(sql);
  return db;
}

let world: World;
let db: Database;

function beginAnew(): void {
  world = new World();
  db = world.open();
}

/** Writes a task with these messages alone, and tells what each session came to. */
function outputBy(reader: Reader): (...messages: readonly object[]) => Promise<Record<string, number>> {
  return async (...messages) => {
    world.write('tasks/t/ui_messages.json', file(messages));
    await world.scan(db, reader);
    return outputBySession(db);
  };
}

describe('a task of Cline that is written anew', () => {
  beforeEach(beginAnew);
  afterEach(() => world.dispose());

  const outputAfter = outputBy(clineReader);

  const first = request('10:00:01', [10, 100]);
  const second = request('10:00:02', [10, 200]);
  const third = request('10:00:03', [10, 400]);
  const fourth = request('10:00:08', [10, 800]);
  const sum = (time: string, output: number) => say(time, 'deleted_api_reqs', used([20, output]));

  it('counts what a checkpoint removed once, whether it was there before or not', async () => {
    await outputAfter(first, second);
    // The third was never seen, the second was.
    assert.deepEqual(await outputAfter(first, sum('10:00:05', 600)), { t: 700 });
    assert.deepEqual(await outputAfter(first, sum('10:00:05', 600), fourth), { t: 1500 });
    assert.deepEqual(await outputAfter(first, sum('10:00:05', 600), sum('10:00:09', 800)), { t: 1500 });
    // One more checkpoint, older than the first, takes even its sum away.
    assert.deepEqual(await outputAfter(sum('10:00:10', 1500)), { t: 1500 });
  });

  it('counts what a checkpoint removed before the first look', async () => {
    assert.deepEqual(await outputAfter(first, sum('10:00:05', 600)), { t: 700 });
    assert.deepEqual(await outputAfter(first, sum('10:00:05', 600), third), { t: 1100 });
  });

  it('counts what a checkpoint removed even where that is more than any response takes', async () => {
    assert.deepEqual(await outputAfter(sum('10:00:05', 150_000_000)), { t: 150_000_000 });
    assert.deepEqual(await outputAfter(request('10:00:06', [10, 150_000_000])), { t: 150_000_000 });
  });

  it('takes no cost from a sum of which a part was counted before', async () => {
    const reported = () =>
      db.get<{ cost: number }>('SELECT sum(reported_pico) / 1e12 AS cost FROM receipt')?.cost;
    const paid = request('10:00:02', [10, 200], { cost: 0.25 });
    await outputAfter(paid);
    await outputAfter(say('10:00:05', 'deleted_api_reqs', used([20, 600], { cost: 0.75 })));
    assert.equal(reported(), 0.25);
  });

  for (const [how, forget] of waysToForget) {
    it(`counts once what a checkpoint removed, ${how}`, async () => {
      await outputAfter(first, second);
      db = await forget(world, db, clineReader);
      assert.deepEqual(await outputAfter(first, sum('10:00:05', 600)), { t: 700 });
      db = await forget(world, db, clineReader);
      assert.deepEqual(await outputAfter(first, sum('10:00:05', 600), fourth), { t: 1500 });
      db = await forget(world, db, clineReader);
      assert.deepEqual(await outputAfter(sum('10:00:10', 1500)), { t: 1500 });
    });
  }

  it('counts once what a checkpoint removed from a task that lies in two folders', async () => {
    await outputAfter(first, second);
    world.write('copy/tasks/t/ui_messages.json', file([first, sum('10:00:05', 600)]));
    await world.scan(db, { ...clineReader, mayHoldLogs: () => true });
    assert.deepEqual(await outputAfter(first, sum('10:00:05', 600)), { t: 700 });
  });

  it('counts once what a checkpoint removed, where an older state of the task comes back after it', async () => {
    assert.deepEqual(await outputAfter(first, sum('10:00:05', 600), fourth), { t: 1500 });
    assert.deepEqual(await outputAfter(first, second, third), { t: 1500 });
    assert.deepEqual(await outputAfter(sum('10:00:10', 1500)), { t: 1500 });
    assert.deepEqual(await outputAfter(first, second), { t: 1500 });
  });

  it('takes the last of what is told of a request', async () => {
    await outputAfter(say('10:00:01', 'api_req_started', { request: '…' }));
    await outputAfter(request('10:00:01', [10, 50]));
    assert.deepEqual(await outputAfter(first), { t: 100 });
  });
});

describe('a task of Roo Code that is written anew', () => {
  beforeEach(beginAnew);
  afterEach(() => world.dispose());

  const outputAfter = outputBy(rooCodeReader);

  const first = request('10:00:01', [10, 100]);
  const second = request('10:00:02', [10, 200]);
  const third = request('10:00:06', [10, 400]);
  const sum = (time: string, output: number) => say(time, 'api_req_deleted', used([20, output]));

  for (const [how, forget] of [['in one go', forgetNothing] as const, ...waysToForget]) {
    it(`counts whole what a checkpoint removed with the sum of an earlier one, ${how}`, async () => {
      await outputAfter(first, second);
      // One more request was never seen.
      assert.deepEqual(await outputAfter(first, sum('10:00:05', 250)), { t: 350 });
      db = await forget(world, db, rooCodeReader);
      // The third was never seen, and the sum of before is gone.
      assert.deepEqual(await outputAfter(first, sum('10:00:08', 400)), { t: 750 });
      db = await forget(world, db, rooCodeReader);
      assert.deepEqual(await outputAfter(sum('10:00:10', 100)), { t: 750 });
    });
  }

  it('counts once what was seen before a checkpoint removed it with an earlier sum', async () => {
    await outputAfter(first, sum('10:00:05', 250), third);
    assert.deepEqual(await outputAfter(first, sum('10:00:08', 450)), { t: 800 });
    assert.deepEqual(await outputAfter(first, second), { t: 800 });
  });
});

describe('a session of Cline that is compacted', () => {
  let world: World;
  let db: Database;

  beforeEach(() => {
    world = new World();
    db = world.open();
  });
  afterEach(() => world.dispose());

  async function outputAfter(...messages: readonly object[]): Promise<Record<string, number>> {
    world.write('s/s.messages.json', file({ messages }));
    await world.scan(db, clineReader);
    return outputBySession(db);
  }

  const answer = (id: string, outputTokens: number | null) => ({
    id,
    role: 'assistant',
    ts: at(`10:00:0${id.slice(1)}`),
    ...(outputTokens !== null && { metrics: { inputTokens: 1, outputTokens } }),
  });
  const summary = (outputTokens: number) => ({
    id: 'm0',
    role: 'user',
    ts: at('10:00:00'),
    metadata: { kind: 'compaction', usageBefore: { inputTokens: 3, outputTokens } },
  });

  it('counts what was folded once', async () => {
    await outputAfter(answer('m1', 100), answer('m2', 200));
    // The third came and was folded between two looks.
    const folded = [summary(700), answer('m1', null), answer('m2', null), answer('m3', null)];
    assert.deepEqual(await outputAfter(...folded), { s: 700 });
    assert.deepEqual(await outputAfter(...folded, answer('m4', 800)), { s: 1500 });
  });

  it('counts once what was folded, where an older state comes back after it', async () => {
    assert.deepEqual(await outputAfter(summary(700), answer('m4', 800)), { s: 1500 });
    assert.deepEqual(await outputAfter(answer('m1', 100), answer('m2', 200)), { s: 1500 });
    assert.deepEqual(await outputAfter(summary(700), answer('m4', 800), answer('m5', 5)), { s: 1505 });
  });

  it('counts once what was folded again, with the sum of before', async () => {
    await outputAfter(answer('m1', 100), answer('m2', 200));
    await outputAfter(summary(300), answer('m3', 400));
    assert.deepEqual(await outputAfter(summary(700), answer('m4', 800)), { s: 1500 });
  });

  for (const [how, forget] of waysToForget) {
    it(`counts once what was folded, ${how}`, async () => {
      await outputAfter(answer('m1', 100), answer('m2', 200));
      const folded = [summary(700), answer('m1', null), answer('m2', null), answer('m3', null)];
      db = await forget(world, db, clineReader);
      assert.deepEqual(await outputAfter(...folded), { s: 700 });
      db = await forget(world, db, clineReader);
      assert.deepEqual(await outputAfter(...folded, answer('m4', 800)), { s: 1500 });
    });
  }
});

describe('a session of Cline that is forked', () => {
  let world: World;
  let db: Database;

  beforeEach(() => {
    world = new World();
    db = world.open();
  });
  afterEach(() => world.dispose());

  async function outputAfter(key: string, ...messages: readonly object[]): Promise<Record<string, number>> {
    world.write(`${key}/${key}.messages.json`, file({ messages }));
    await world.scan(db, clineReader);
    return outputBySession(db);
  }

  const answer = (id: string, time: string, outputTokens: number) => ({
    id,
    role: 'assistant',
    ts: at(time),
    metrics: { inputTokens: 1, outputTokens },
  });
  const first = answer('m1', '10:00:01', 100);
  const second = answer('m2', '10:00:02', 200);
  const afterwards = answer('m3', '10:00:09', 400);
  const fork = { forkedFromSessionId: 'source', forkedAt: '2026-08-19T10:00:05Z', source: 'cli' };

  function nameSource(): void {
    world.write('fork/fork.json', file({ session_id: 'fork', metadata: { fork } }));
  }

  it('is credited with what it did itself, though its log was read first', async () => {
    nameSource();
    assert.deepEqual(await outputAfter('fork', first, second, afterwards), { source: 300, fork: 400 });
    assert.deepEqual(await outputAfter('source', first, second), { source: 300, fork: 400 });
  });

  it('counts once what it copied, where no log names its source', async () => {
    await outputAfter('fork', first, second, afterwards);
    const spent = Object.values(await outputAfter('source', first, second));
    assert.equal(
      spent.reduce((a, b) => a + b),
      700,
    );
  });

  it('counts once what its source has folded since', async () => {
    nameSource();
    await outputAfter('fork', first, second, afterwards);
    const summary = {
      id: 'm0',
      role: 'user',
      ts: at('10:00:00'),
      metadata: { kind: 'compaction', usageBefore: { inputTokens: 2, outputTokens: 300 } },
    };
    const later = answer('m4', '10:00:20', 50);
    assert.deepEqual(await outputAfter('source', summary, later), { source: 350, fork: 400 });
  });
});
