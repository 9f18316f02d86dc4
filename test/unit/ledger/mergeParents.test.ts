import assert from 'node:assert/strict';
import { type FakeLine, toLog } from './fakeReader.ts';
import { dump, World } from './world.ts';

const says = (session: string, parentKey: string, isParentGuessed = false): FakeLine => ({
  session,
  facts: { parentKey, isParentGuessed },
});

interface SessionRow {
  readonly key: string;
  readonly parent: string | null;
  readonly started_ms: number | null;
  readonly last_ms: number | null;
}

describe('what logs tell of sessions', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });
  afterEach(() => world.dispose());

  /** What stands of the named sessions after each log was read by itself, one after the other. */
  async function read(...logs: readonly (readonly FakeLine[])[]) {
    const db = world.open();
    for (const [index, lines] of logs.entries()) {
      world.write(`${index}.log`, toLog(...lines));
      await world.scan(db);
    }
    const rows = dump(db).sessions as readonly SessionRow[];
    return Object.fromEntries(
      rows
        .filter(({ key }) => !key.endsWith('.log'))
        .map(({ key, parent, started_ms, last_ms }) => [key, { parent, span: [started_ms, last_ms] }]),
    );
  }

  const parents = async (...logs: readonly (readonly FakeLine[])[]) =>
    Object.fromEntries(Object.entries(await read(...logs)).map(([key, { parent }]) => [key, parent]));

  it('that claim each other as parents leave the smallest key without one', async () => {
    assert.deepEqual(await parents([says('b', 'c'), says('c', 'a'), says('a', 'b')]), {
      a: null,
      b: 'c',
      c: 'a',
    });
    assert.deepEqual(await parents([says('a', 'a')]), { a: null });
  });

  it('gives a parent back that was cut, once the circle opens', async () => {
    const circle = [says('a', 'b', true), says('b', 'a', true)];
    assert.deepEqual(await parents(circle), { a: null, b: 'a' });
    assert.deepEqual(await parents(circle, [says('b', 'c')]), { a: 'b', b: 'c', c: null });
    assert.deepEqual(await parents([...circle, says('b', 'c')]), { a: 'b', b: 'c', c: null });
  });

  it('keeps a circle cut that is still closed after another link has moved', async () => {
    const circle = [says('a', 'b'), says('b', 'a')];
    assert.deepEqual(await parents([...circle, says('x', 'y', true)], [says('x', 'z')]), {
      a: null,
      b: 'a',
      x: 'z',
      z: null,
    });
  });

  it('spans from the earliest to the latest time, and from none to none', async () => {
    const at = (atMs: number): FakeLine => ({ session: 's', facts: { atMs } });
    const untimed: FakeLine = { session: 'untimed', facts: { gitBranch: 'main' } };
    const { s, untimed: without } = await read([at(3_000), untimed], [at(2_000)], [at(5_000), at(4_000)]);
    assert.deepEqual(
      [s?.span, without?.span],
      [
        [2_000, 5_000],
        [null, null],
      ],
    );
  });

  it('spans no time of what was copied from another session', async () => {
    const lines: readonly FakeLine[] = [
      { id: 'a', session: 's', at: 2_000 },
      { id: 'b', session: 's', at: 1_000, claim: 'copied' },
    ];
    assert.deepEqual((await read(lines)).s?.span, [2_000, 2_000]);
  });
});
