import assert from 'node:assert/strict';
import type { Database } from '../../../src/ledger/database.ts';
import { type OutlookQuery, outlookOf } from '../../../src/ledger/outlook.ts';
import { type FakeLine, toLog } from './fakeReader.ts';
import { onePicoEach, World } from './world.ts';

const nowMs = 100_000_000;
const pricing = { ...onePicoEach, modelIdOf: (name: string) => name.replace('vendor/', '') };

/** Sessions of one response each, of so many tokens, one after the other. */
function sessions(
  outputs: readonly number[],
  more: Partial<FakeLine> = {},
  project = '/p',
  from = 0,
): FakeLine[] {
  return outputs.map((output, index) => ({
    id: `${project}${from + index}`,
    session: `${project}${from + index}`,
    at: 1_000 + from + index,
    tokens: { output },
    facts: { projectPath: project, atMs: 1_000 + from + index },
    ...more,
  }));
}

const upTo = (count: number) => Array.from({ length: count }, (_one, n) => n + 1);

describe('what prompts turned into', () => {
  let world: World;
  let db: Database;

  beforeEach(() => {
    world = new World();
    db = world.open();
  });
  afterEach(() => world.dispose());

  async function outlook(lines: readonly FakeLine[], query: Partial<OutlookQuery> = {}) {
    world.write('x.log', toLog(...lines));
    await world.scan(db);
    return outlookOf(db, pricing, { model: 'model-a', projectPath: '/p', nowMs, ...query });
  }

  it('is half and nine tenths of the project’s replies and sessions', async () => {
    const { reply, session } = await outlook(sessions(upTo(39)));
    assert.deepEqual(reply, {
      half: { tokens: 20, cost: 20n },
      most: { tokens: 36, cost: 36n },
      replies: 39,
      isOfProject: true,
    });
    assert.deepEqual([session?.half, session?.most, session?.sessions], [20n, 36n, 39]);
  });

  it('is nothing below twenty samples', async () => {
    assert.deepEqual(await outlook(sessions(upTo(19))), { reply: null, session: null });
    const { reply, session } = await outlook(sessions(upTo(20)));
    assert.ok(reply && session);
  });

  it('takes replies of all projects where this one has too few, but never sessions', async () => {
    const lines = [...sessions([5]), ...sessions(upTo(30), {}, '/q', 100)];
    const { reply, session } = await outlook(lines);
    assert.equal(reply?.isOfProject, false);
    assert.equal(reply?.replies, 31);
    assert.equal(session, null);
    assert.equal((await outlook(lines, { projectPath: null })).reply?.replies, 31);
  });

  it('counts folders below the project as the project, and folders beside it not', async () => {
    const lines = [
      ...sessions(upTo(15)),
      ...sessions(upTo(15), {}, '/p/sub', 100),
      ...sessions(upTo(15), {}, '/plus', 200),
    ];
    assert.equal((await outlook(lines)).session?.sessions, 30);
  });

  it('is of the model asked for under all its names, by what answered most', async () => {
    const lines = [
      ...sessions(upTo(15)),
      ...sessions(upTo(15), { model: 'vendor/model-a' }, '/p', 100),
      ...sessions(upTo(15), { model: 'model-b' }, '/p', 200),
    ];
    const { reply, session } = await outlook(lines);
    assert.deepEqual([reply?.replies, session?.sessions], [30, 30]);
  });

  it('leaves out sessions that may go on, and those of which some receipts have no price', async () => {
    const running = sessions([999], { at: nowMs, facts: { projectPath: '/p', atMs: nowMs } }, '/p', 100);
    const unpriced: FakeLine = { id: 'u', session: '/p3', model: 'unknown' };
    const { session } = await outlook([...sessions(upTo(25)), ...running, unpriced]);
    assert.deepEqual([session?.sessions, session?.most], [24, 24n]);
  });

  it('adds sub-agents to the session that started them, whatever their model', async () => {
    const subAgents = upTo(25).map((n) => ({
      id: `sub ${n}`,
      session: `sub ${n}`,
      model: 'model-b',
      tokens: { output: 1_000 },
      facts: { parentKey: `/p${n - 1}`, atMs: 1_000 },
    }));
    const { session, reply } = await outlook([...sessions(upTo(25)), ...subAgents]);
    assert.deepEqual([session?.half, session?.sessions], [1_013n, 25]);
    assert.equal(reply?.most.tokens, 24);
  });

  it('says how often the range held for the session after it', async () => {
    const steady = await outlook(sessions(Array.from({ length: 40 }, () => 7)));
    assert.equal(steady.session?.hitShare, 1);
    const rising = await outlook(sessions(upTo(40), {}, '/r', 100), { projectPath: '/r' });
    assert.equal(rising.session?.hitShare, 0);
  });

  it('looks at the newest sessions alone', async () => {
    const old = sessions(Array.from({ length: 150 }, () => 900));
    const recent = sessions(upTo(100), {}, '/p', 1_000);
    const { session } = await outlook([...old, ...recent]);
    assert.deepEqual([session?.sessions, session?.most], [100, 91n]);
  });
});
