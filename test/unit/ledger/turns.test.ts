import assert from 'node:assert/strict';
import { join } from 'node:path';
import { unknownTokens } from '../../../src/agents/ownReceipt.ts';
import { pico } from '../../../src/domain/money.ts';
import { noTokens } from '../../../src/domain/tokens.ts';
import type { Database } from '../../../src/ledger/database.ts';
import { totalOf } from '../../../src/ledger/hourly.ts';
import { restsOfTurn, turnAt } from '../../../src/ledger/merge.ts';
import { rescue } from '../../../src/ledger/rescue.ts';
import { type FakeLine, toLog } from './fakeReader.ts';
import { dump, onePicoEach, outputBySession, sqlite, World } from './world.ts';

const always = { startMs: 0, endMs: Number.MAX_SAFE_INTEGER };

/** Sums of turns, as one log has them: of the input nothing is known. */
const sums: readonly FakeLine[] = [
  sum('turn 1', 1_000, 2_000, 100),
  sum('turn 2', 3_000, 4_000, 29),
  sum('turn 3', 5_000, 6_000, 7),
];

/** The responses of the second turn and of the third, as another log has them. */
const responses: readonly FakeLine[] = [
  response('a', 3_100, 3_500, 20),
  response('b', 3_600, 4_000, 9),
  response('c', 5_000, 5_001, 8),
];

function sum(id: string, turnStartedMs: number, at: number, output: number): FakeLine {
  return {
    id,
    session: 'chat',
    at,
    tokens: { output, uncachedInput: null },
    circumstances: { turnStartedMs },
  };
}

function response(id: string, from: number, at: number, output: number): FakeLine {
  return { id, session: 'chat', at, tokens: { output }, circumstances: { durationMs: at - from } };
}

describe('turns that two logs of a session tell of', () => {
  let world: World;
  let db: Database;

  beforeEach(() => {
    world = new World();
    db = world.open();
  });
  afterEach(() => world.dispose());

  const read = (...lines: readonly FakeLine[]) => world.read(db, lines);

  for (const [order, steps] of [
    ['sums, then responses', [sums, responses]],
    ['responses, then sums', [responses, sums]],
    ['all at once', [[...sums, ...responses]]],
    ['by turns', [sums.slice(0, 2), responses.slice(1), sums.slice(2), responses.slice(0, 1)]],
    ['each again and again', [sums, responses, responses, sums, [...responses, ...sums]]],
  ] as const) {
    it(`count once, by their responses where these are told: ${order}`, async () => {
      for (const lines of steps) await read(...lines);
      assert.deepEqual(outputBySession(db), { chat: 100 + 20 + 9 + 8 });
      assert.equal(totalOf(db, always).cost, pico(137));
      assert.equal(totalOf(db, always).partialReceipts, 1);
    });
  }

  it('count by a sum that knows all tokens, whose responses give way', async () => {
    const whole = { ...sum('turn 2', 3_000, 4_000, 29), tokens: { output: 30 } };
    for (const steps of [
      [[whole], responses],
      [responses, [whole]],
    ]) {
      db = world.open();
      for (const lines of steps) await read(...lines);
      assert.deepEqual(outputBySession(db), { chat: 30 + 8 });
    }
  });

  it('count by their responses again where the sum turns out to know less', async () => {
    await read(...responses, { ...sum('turn 2', 3_000, 4_000, 29), tokens: { output: 30 } });
    assert.deepEqual(outputBySession(db), { chat: 38 });
    // The sum was of an earlier and shorter turn, as a copy of it tells.
    assert.deepEqual(await read({ ...sum('turn 2', 1_000, 2_000, 31), tokens: { output: 31 } }), {
      chat: 31 + 20 + 9 + 8,
    });
  });

  it('count by a sum where the responses know nothing, which give way', async () => {
    const silent = { ...response('a', 1_100, 1_900, 0), tokens: unknownTokens };
    for (const steps of [
      [sums, [silent]],
      [[silent], sums],
    ]) {
      db = world.open();
      for (const lines of steps) await read(...lines);
      assert.deepEqual(outputBySession(db), { chat: 136 });
      assert.equal(totalOf(db, always).receipts, 3);
    }
  });

  it('count by the sums of all models where one of them knows all tokens', async () => {
    const whole = { ...sum('of one model', 3_000, 4_000, 300), tokens: { output: 300 } };
    for (const steps of [
      [[whole, ...sums], responses],
      [responses, sums, [whole]],
    ]) {
      db = world.open();
      for (const lines of steps) await read(...lines);
      assert.deepEqual(outputBySession(db), { chat: 100 + 300 + 29 + 8 });
    }
  });

  it('are those of one session', async () => {
    const elsewhere = responses.map((line) => ({ ...line, session: 'sub-agent' }));
    assert.deepEqual(await read(...sums, ...elsewhere), { chat: 136, 'sub-agent': 37 });
  });

  it('leave alone what another session claims', async () => {
    const copied = responses.map((line) => ({ ...line, claim: 'copied' as const }));
    const whole = { ...sum('turn 2', 3_000, 4_000, 29), tokens: { output: 30 } };
    assert.deepEqual(await read(whole, ...copied), { chat: 30 + 20 + 9 + 8 });
  });

  it('are known again after a ledger was damaged', async () => {
    const path = join(world.data, 'old.sqlite');
    const old = world.open(path);
    world.write('x.log', toLog(...sums, ...responses));
    await world.scan(old);
    rescue(sqlite(), path, db, onePicoEach);
    assert.deepEqual(outputBySession(db), { chat: 137 });
    assert.deepEqual(dump(db).receipts, dump(old).receipts);
  });

  it('count what responses do not tell of them, as where these only helped', async () => {
    const helper = response('helper', 1_100, 1_200, 3);
    for (const steps of [
      [sums, [helper]],
      [[helper], sums],
      [[{ ...helper, tokens: { output: 1 } }], sums, [helper], sums],
    ]) {
      world.dispose();
      world = new World();
      db = world.open();
      for (const lines of steps) await read(...lines);
      assert.deepEqual(outputBySession(db), { chat: 136 });
      assert.equal(totalOf(db, always).cost, pico(136));
      assert.deepEqual([totalOf(db, always).receipts, totalOf(db, always).partialReceipts], [4, 3]);
    }
  });

  it('count whole again where the response turns out to be of another session', async () => {
    await read(...sums, { ...response('helper', 1_100, 1_200, 3), session: 'chat', claim: 'own' });
    world.write('older.log', toLog({ ...response('helper', 1_100, 1_200, 3), session: 'b' }), 1_000);
    await world.scan(db);
    assert.deepEqual(outputBySession(db), { b: 3, chat: 136 });
  });

  it('are those that a response began in, the first and the last moment included', () => {
    const turns = [10, 30, 50].map((startedMs) => ({ startedMs, endedMs: startedMs + 5 }));
    const begun = [10, 15, 32, 50, 55].map((ms) => turnAt(ms, turns)?.startedMs);
    assert.deepEqual(begun, [10, 10, 30, 50, 50]);
    for (const ms of [9, 16, 29, 36, 56]) assert.equal(turnAt(ms, turns), undefined, String(ms));
    assert.equal(turnAt(10, []), undefined);
  });

  it('lose what is told from one model after the other, and never more than they have', () => {
    const models = [7, null, 5].map((output) => ({ ...unknownTokens, output, reasoning: 1 }));
    const outputs = (output: number) =>
      restsOfTurn(models, { ...noTokens, output }).map((rest) => rest.output);
    assert.deepEqual([0, 6, 7, 9, 12, 13].map(outputs), [
      [7, null, 5],
      [1, null, 5],
      [0, null, 5],
      [0, null, 3],
      [0, null, 0],
      [0, null, 0],
    ]);
    const [rest] = restsOfTurn([{ ...unknownTokens, output: 7, cacheRead: 9 }], {
      ...noTokens,
      output: 1,
      cacheRead: 4,
      uncachedInput: 2,
    });
    assert.deepEqual(rest, { ...unknownTokens, output: 6, cacheRead: 5 });
  });
});
