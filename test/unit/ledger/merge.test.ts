import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../../src/ledger/database.ts';
import { betterFact } from '../../../src/ledger/merge.ts';
import { type FakeLine, fakeReader, toLog } from './fakeReader.ts';
import { outputBySession, World } from './world.ts';

describe('the merge rules', () => {
  let world: World;
  let db: Database;

  beforeEach(() => {
    world = new World();
    db = world.open();
  });
  afterEach(() => world.dispose());

  function startAnew(): void {
    world.dispose();
    world = new World();
    db = world.open();
  }

  /** Reads logs one after the other, each older than the next. */
  async function read(...logs: readonly (readonly FakeLine[])[]): Promise<Record<string, number>> {
    for (const [index, lines] of logs.entries()) {
      world.write(`${index}.log`, toLog(...lines), 1_000_000 + index * 1_000);
      await world.scan(db);
    }
    return outputBySession(db);
  }

  const prompt = (uncachedInput: number) => ({ uncachedInput, output: 10 });

  it('count one response once, however often and in however many logs it is', async () => {
    const line = { id: 'r', session: 's' };
    assert.deepEqual(await read([line, line], [line], [line]), { s: 10 });
  });

  it('tell responses apart that differ in the request alone', async () => {
    const first = { id: 'r', request: 'q1', session: 's' };
    assert.deepEqual(await read([first, { ...first, request: 'q2' }]), { s: 20 });
  });

  it('take the copy with the largest output whole, and mix no fields', async () => {
    const base = { id: 'r', session: 's' };
    await read(
      [{ ...base, at: 5, model: 'early', tokens: { output: 5, uncachedInput: 900 } }],
      [{ ...base, at: 7, model: 'final', tokens: { output: 631, uncachedInput: 3 } }],
      [{ ...base, at: 9, model: 'late', tokens: { output: null, uncachedInput: 9_999 } }],
    );
    const rows = db.all(`
      SELECT output, uncached_input, at_ms, model.name AS model FROM receipt JOIN model ON model.id = receipt.model`);
    assert.deepEqual(
      rows.map((row) => ({ ...(row as object) })),
      [{ output: 631, uncached_input: 3, at_ms: 7, model: 'final' }],
    );
  });

  it('take the copy that tells how long what was written stays in the cache, in either order', async () => {
    const told = { id: 'r', session: 's', at: 9, tokens: { cacheWrite1h: 5 } };
    const untold = { ...told, at: 5, circumstances: { effort: 'high' }, tokens: { cacheWriteUnknown: 5 } };
    for (const logs of [[[told], [untold]], [[untold], [told]], [[untold, told]]]) {
      await read(...logs);
      const row = db.get<object>(
        'SELECT cache_write_1h AS hour, cache_write_unknown AS unknown FROM counted',
      );
      assert.deepEqual({ ...row }, { hour: 5, unknown: 0 });
      startAnew();
    }
  });

  it('take the copy that knows every class of tokens before one that knows a larger output', async () => {
    const parts = { id: 'r', session: 's', tokens: { output: 8, uncachedInput: 3 } };
    const sum = { id: 'r', session: 's', tokens: { output: 10, uncachedInput: null } };
    assert.deepEqual(await read([sum, parts]), { s: 8 });
    startAnew();
    assert.deepEqual(await read([parts], [sum]), { s: 8 });
  });

  it('take the earlier of two equal copies, because forks stamp theirs anew', async () => {
    await read([{ id: 'r', at: 500 }], [{ id: 'r', at: 400 }], [{ id: 'r', at: 600 }]);
    assert.equal(db.get<{ at_ms: number }>('SELECT at_ms FROM receipt')?.at_ms, 400);
  });

  it('take of equal copies the one that tells more, because a copy may have lost what surrounded it', async () => {
    const whole = { id: 'r', at: 500, circumstances: { provider: 'openai', turn: 1 } };
    const copy = { id: 'r', at: 400, circumstances: { turn: 2 } };
    for (const logs of [[[whole], [copy]], [[copy], [whole]], [[copy, whole]]]) {
      await read(...logs);
      const row = db.get('SELECT at_ms, turn FROM receipt');
      assert.deepEqual({ ...(row as object) }, { at_ms: 500, turn: 1 });
      startAnew();
    }
  });

  it('let a newer reader correct what an older one took', async () => {
    await read([{ id: 'r', session: 's', tokens: { output: 50 } }]);
    world.write('0.log', toLog({ id: 'r', session: 's', tokens: { output: 40 } }));
    await world.scan(db, fakeReader({ version: 2 }));
    assert.deepEqual(outputBySession(db), { s: 40 });
  });

  it('keep what a session logged itself before a copy that a newer reader took, its own log being gone', async () => {
    const original: FakeLine = { id: 'r', session: 'owner', at: 400, tokens: { output: 50 } };
    const copy: FakeLine = { ...original, session: 'fork', claim: 'copied', at: 900, tokens: { output: 60 } };
    const file = world.write('0.log', toLog(original), 1_000_000);
    world.write('1.log', toLog(copy), 2_000_000);
    await world.scan(db);
    rmSync(file);
    await world.scan(db, fakeReader({ version: 2 }));
    assert.deepEqual(outputBySession(db), { owner: 50 });
    assert.equal(db.get<{ at_ms: number }>('SELECT at_ms FROM receipt')?.at_ms, 400);
  });

  it('keep the larger sum of a session, its log being gone, before that which a newer reader has of a backup', async () => {
    const whole: FakeLine = { id: 'r', session: 's', quality: 'sessionTotal', tokens: { output: 50 } };
    const before: FakeLine = { ...whole, tokens: { output: 20 } };
    const file = world.write('0.log', toLog(whole), 1_000_000);
    world.write('1.log', toLog(before), 2_000_000);
    await world.scan(db);
    rmSync(file);
    await world.scan(db, fakeReader({ version: 2 }));
    assert.deepEqual(outputBySession(db), { s: 50 });
    // The same log says less now, as the newer reader sees it.
    world.write('0.log', toLog({ ...whole, tokens: { output: 40 } }), 1_000_000);
    await world.scan(db, fakeReader({ version: 2 }));
    assert.deepEqual(outputBySession(db), { s: 40 });
  });

  it('let a newer reader correct a copy, while nothing but copies is there', async () => {
    const copy: FakeLine = { id: 'r', session: 'owner', claim: 'copied', tokens: { output: 50 } };
    await read([copy]);
    world.write('0.log', toLog({ ...copy, tokens: { output: 40 } }));
    await world.scan(db, fakeReader({ version: 2 }));
    assert.deepEqual(outputBySession(db), { owner: 40 });
    await read([], [{ ...copy, claim: 'own', tokens: { output: 7 } }]);
    assert.deepEqual(outputBySession(db), { owner: 7 });
  });

  it('credit the session with the strongest claim', async () => {
    const logs = (['copied', 'sideChain', 'own'] as const).map((claim) => [
      { id: 'r', session: claim, claim },
    ]);
    assert.deepEqual(await read(...logs), { own: 10 });
  });

  it('credit the log that was created first, where claims are equal', async () => {
    world.write('z.log', toLog({ id: 'r', session: 'late' }), 2_000_000);
    await world.scan(db);
    world.write('a.log', toLog({ id: 'r', session: 'early' }), 1_000_000);
    await world.scan(db);
    assert.deepEqual(outputBySession(db), { early: 10 });
  });

  for (const [order, first, second] of [
    ['before', 'sideChain', 'own'],
    ['after', 'own', 'sideChain'],
  ] as const) {
    it(`do not count a replay by a side chain that is read ${order} its parent's row`, async () => {
      const totals = await read(
        [{ id: 'r', request: first, session: first, claim: first, tokens: prompt(100) }],
        [{ id: 'r', request: second, session: second, claim: second, tokens: prompt(100) }],
      );
      assert.deepEqual(totals, { own: 10 });
    });
  }

  it('do not count a replay of what a fork copied, the original being gone', async () => {
    const totals = await read(
      [{ id: 'r', request: 'q1', session: 'parent', claim: 'copied', tokens: prompt(100) }],
      [{ id: 'r', request: 'q2', session: 'side', claim: 'sideChain', tokens: prompt(100) }],
    );
    assert.deepEqual(totals, { parent: 10 });
  });

  it('count one of several replays whose original is gone, the same in every order', async () => {
    const replays = ['q1', 'q2', 'q3'].map((request): FakeLine[] => [
      { id: 'r', request, session: request, claim: 'sideChain', tokens: prompt(100) },
    ]);
    const counted = await read(...replays);
    assert.deepEqual(Object.values(counted), [10]);
    startAnew();
    assert.deepEqual(await read(...replays.toReversed()), counted);
  });

  it("count a side chain that shares a gateway's one id, but not the prompt, with its parent", async () => {
    const totals = await read(
      [{ id: 'r', request: 'q1', session: 'own', tokens: prompt(100) }],
      [{ id: 'r', request: 'q2', session: 'side', claim: 'sideChain', tokens: prompt(200) }],
    );
    assert.deepEqual(totals, { own: 10, side: 10 });
  });

  it('count side chains of which no prompt is told', async () => {
    const totals = await read(
      [{ id: 'r', request: 'q1', session: 'own' }],
      [{ id: 'r', request: 'q2', session: 'side', claim: 'sideChain' }],
      [{ id: 'r', request: 'q3', session: 'side', claim: 'sideChain' }],
    );
    assert.deepEqual(totals, { own: 10, side: 20 });
  });

  it('take the strongest title, and of equals the latest', async () => {
    const title = (text: string, source: 'prompt' | 'custom', atMs: number): FakeLine => ({
      session: 's',
      facts: { atMs, title: { text, source } },
    });
    await read([title('named', 'custom', 5), title('renamed', 'custom', 6)], [title('asked', 'prompt', 9)]);
    assert.equal(factOf('s', 'title'), 'renamed');
  });

  it('let what is said of a session by its own log stand, in any order', async () => {
    const own = { projectPath: '/own', title: { text: 'own', source: 'prompt' }, atMs: 5 } as const;
    const title = { text: 'copied', source: 'custom' } as const;
    const copied = { isSecondHand: true, projectPath: '/copied', gitBranch: 'copied', title, atMs: 9 };
    await read(
      [{ session: 's', facts: copied }],
      [{ session: 's', facts: own }],
      [{ session: 's', facts: copied }],
    );
    const facts = (['projectPath', 'gitBranch', 'title'] as const).map((field) => factOf('s', field));
    assert.deepEqual(facts, ['/own', 'copied', 'own']);
  });

  it('let it stand against a newer reader, too, who finds but the copy', () => {
    const own = { value: 'own', reader: 1, rank: 0, atMs: 5, position: 0 };
    const copied = { value: 'copied', reader: 2, rank: -1, atMs: 9, position: 0 };
    assert.equal(betterFact(own, copied), own);
    assert.equal(betterFact(copied, own), own);
    const again = { ...own, reader: 3 };
    assert.equal(betterFact(own, again), again);
  });

  it('put a parent that is known in place of one that was guessed, in any order', async () => {
    const guess = { session: 's', facts: { parentKey: 'root', isParentGuessed: true, atMs: 9 } };
    const known = { session: 's', facts: { parentKey: 'middle', atMs: 5 } };
    await read([guess], [known], [guess]);
    assert.equal(parentOf('s'), 'middle');
  });

  it('let a parent that its own log names stand against what a newer reader of a copy guesses', async () => {
    world.write('own.log', toLog({ session: 's', facts: { parentKey: 'middle', atMs: 5 } }));
    await world.scan(db, fakeReader({ version: 1 }));
    rmSync(join(world.logs, 'own.log'));
    const guess = { isSecondHand: true, parentKey: 'root', isParentGuessed: true, atMs: 9 };
    world.write('copy.log', toLog({ session: 's', facts: guess }));
    await world.scan(db, fakeReader({ version: 2 }));
    assert.equal(parentOf('s'), 'middle');
  });

  it('cut a circle of parents at the smallest key, in any order', async () => {
    const link = (session: string, parentKey: string) => ({ session, facts: { parentKey } });
    await read([link('c', 'a')], [link('a', 'b')], [link('b', 'c')], [link('d', 'd')]);
    assert.deepEqual(['a', 'b', 'c', 'd'].map(parentOf), [null, 'c', 'a', null]);
  });

  it('cut a circle that is longer than any way that agents nest', async () => {
    const count = 300;
    const circle = Array.from({ length: count }, (_, n) => ({
      session: `s${n}`,
      facts: { parentKey: `s${(n + 1) % count}` },
    }));
    await read(circle);
    const tops = circle.filter(({ session }) => parentOf(session) === null);
    assert.equal(tops.length, 1);
  });

  function factOf(session: string, field: string): string | undefined {
    const sql = 'SELECT value FROM fact JOIN session ON session.id = session WHERE key = ? AND field = ?';
    return db.get<{ value: string }>(sql, session, field)?.value;
  }

  function parentOf(session: string): string | null | undefined {
    return db.get<{ key: string | null }>(
      'SELECT parent.key FROM session child LEFT JOIN session parent ON parent.id = child.parent WHERE child.key = ?',
      session,
    )?.key;
  }
});
