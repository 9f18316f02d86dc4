import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { pico } from '../../../src/domain/money.ts';
import { claimAlert, resetBudgets, spentSinceReset } from '../../../src/ledger/budgetRecords.ts';
import type { Database } from '../../../src/ledger/database.ts';
import { newestRoots } from '../../../src/ledger/roots.ts';
import { toLog } from './fakeReader.ts';
import { World } from './world.ts';

const agent = 'claude-code';

describe('budget records', () => {
  let world: World;
  let db: Database;
  let log: string;

  beforeEach(async () => {
    world = new World();
    db = world.open();
    log = world.write(
      'x.log',
      toLog(
        { id: '1', session: 'root', at: 100 },
        { id: '2', session: 'part', at: 110 },
        { session: 'part', facts: { parentKey: 'root' } },
        { id: '3', session: 'other', at: 120 },
      ),
    );
    await world.scan(db);
  });
  afterEach(() => world.dispose());

  const alert = (key: string, limit: number) =>
    claimAlert(db, { agent, key, limit: pico(limit), spent: pico(1), atMs: 1, isTold: true });

  /** What was spent in the present period, by session. */
  function spent(): Record<string, bigint> {
    const roots = newestRoots(db, 100);
    const keys = new Map(
      db.all<{ id: number; key: string }>('SELECT id, key FROM session').map(({ id, key }) => [id, key]),
    );
    return Object.fromEntries([...spentSinceReset(db, roots)].map(([id, { cost }]) => [keys.get(id), cost]));
  }

  async function log20At(at: number): Promise<void> {
    appendFileSync(log, toLog({ id: `later ${at}`, session: 'part', at, tokens: { output: 20 } }));
    await world.scan(db);
  }

  it('count a session with its sub-agents', () => assert.deepEqual(spent(), { root: 20n, other: 10n }));

  it('count from the reset on, and keep what was spent before', async () => {
    assert.equal(resetBudgets(db, { agent, key: 'root' }, 200), 1);
    assert.deepEqual(spent(), { other: 10n });
    await log20At(300);
    assert.deepEqual(spent(), { root: 20n, other: 10n });
    const record = db
      .all('SELECT number, at_ms, last_receipt, spent_pico FROM budget_reset')
      .map((row) => ({ ...(row as object) }));
    assert.deepEqual(record, [{ number: 1, at_ms: 200, last_receipt: 3, spent_pico: 20 }]);
  });

  it('reset the session that a sub-agent belongs to', () => {
    resetBudgets(db, { agent, key: 'part' }, 200);
    assert.deepEqual(spent(), { other: 10n });
  });

  it('begin the new period after all that was read, whatever times it bears', async () => {
    await log20At(Number.MAX_SAFE_INTEGER);
    resetBudgets(db, { agent, key: 'root' }, 50);
    assert.deepEqual(spent(), { other: 10n });
    await log20At(111);
    assert.deepEqual(spent(), { root: 20n, other: 10n });
  });

  it('leave a response in the period in which it was first read, however it grows', async () => {
    resetBudgets(db, { agent, key: 'root' }, 200);
    appendFileSync(log, toLog({ id: '1', session: 'root', at: 300, tokens: { output: 50 } }));
    await world.scan(db);
    assert.deepEqual(spent(), { other: 10n });
  });

  it('reset every session that spent anything since its last reset', async () => {
    assert.equal(resetBudgets(db, null, 200), 2);
    assert.equal(resetBudgets(db, null, 210), 0);
    await log20At(300);
    assert.equal(resetBudgets(db, null, 400), 1);
    assert.deepEqual(spent(), {});
  });

  it('know no session that is not there', () => {
    assert.equal(resetBudgets(db, { agent, key: 'nobody' }, 200), 0);
    assert.equal(alert('nobody', 5), false);
  });

  it('let an alert be told once, for each limit and each period', () => {
    assert.deepEqual([alert('root', 5), alert('root', 5), alert('other', 5)], [true, false, true]);
    assert.deepEqual([alert('root', 6), alert('root', 5)], [true, false]);
    resetBudgets(db, { agent, key: 'root' }, 200);
    assert.deepEqual([alert('root', 5), alert('root', 5), alert('other', 5)], [true, false, false]);
  });

  it('let what was noted in silence be told once, when more was spent', () => {
    const note = (spentPico: number, isTold: boolean) =>
      claimAlert(db, { agent, key: 'root', limit: pico(5), spent: pico(spentPico), atMs: 1, isTold });
    assert.deepEqual([note(20, false), note(20, false), note(20, true)], [true, false, false]);
    assert.deepEqual(
      [note(30, false), note(30, true), note(30, true), note(40, true)],
      [false, true, false, false],
    );
  });

  it('keep sums of money that are larger than 64 bits hold', () => {
    const immense = pico(2n ** 64n);
    const claim = { agent, key: 'root', limit: immense, spent: immense, atMs: 1, isTold: true } as const;
    assert.deepEqual([claimAlert(db, claim), claimAlert(db, claim)], [true, false]);
    db.run('UPDATE receipt SET cost_pico = ?', 2n ** 63n - 1n);
    assert.equal(resetBudgets(db, { agent, key: 'root' }, 200), 1);
    assert.deepEqual(spent(), { other: 2n ** 63n - 1n });
  });
});
