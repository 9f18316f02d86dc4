import assert from 'node:assert/strict';
import { leaseOf } from '../../../src/oversight/lease.ts';
import { raiseBudget } from '../../../src/oversight/raises.ts';
import { House, hourMs, micro } from './house.ts';

const dollars = (micros: number) => micros / 1_000_000;

describe('how many hooks of a session may go on unasked', () => {
  let house: House;
  beforeEach(() => {
    house = new House();
  });
  afterEach(() => house.dispose());

  const lease = (key: string, sharers = 1) =>
    leaseOf(house.db, { agent: 'claude-code', key }, house.around, sharers);

  const spendTimes = async (times: number, micros: number, session = 's') => {
    for (let time = 0; time < times; time++) await house.spend(session, micros);
  };

  it('is none of a session that the ledger does not know, nor before its first response of late', async () => {
    house.budgets({ per: 'session', limit: dollars(1_000) });
    await spendTimes(5, 1, 'other');
    assert.equal(lease('s'), 0);
    await house.read({ session: 's' });
    assert.equal(lease('s'), 0);
    await house.spend('s', 1);
    assert.equal(lease('s'), 1);
    house.nowMs += 25 * hourMs;
    assert.equal(lease('s'), 0);
  });

  it('grows with the responses that were seen, of sub-agents too, and never ends far off', async () => {
    house.budgets({ per: 'session', limit: dollars(1_000_000) });
    await house.read({ session: 'part', facts: { parentKey: 's' } });
    await spendTimes(3, 1);
    await spendTimes(2, 1, 'part');
    assert.deepEqual([lease('s'), lease('part')], [5, 5]);
    await spendTimes(40, 1);
    assert.equal(lease('s'), 32);
  });

  it('is as many as a third of what is left has of the dearest response, wherever that was', async () => {
    house.budgets({ per: 'session', limit: dollars(100) });
    await spendTimes(20, 1);
    assert.equal(lease('s'), 20);
    await house.spend('other', 8);
    assert.equal(lease('s'), 3);
    await house.spend('s', 57);
    assert.equal(lease('s'), 0);
    await house.spend('s', 1_000);
    assert.equal(lease('s'), 0);
  });

  it('is for a part of it where others share what is left, and for what is left of the strictest budget', async () => {
    house.budgets({ per: 'session', limit: dollars(1_000) }, { per: 'day', limit: dollars(100) });
    await spendTimes(10, 2);
    assert.deepEqual([lease('s', 1), lease('s', 2), lease('s', 14)], [10, 6, 0]);
  });

  it('goes by budgets that stop alone, and by what calls take in their units', async () => {
    house.budgets(
      { per: 'session', limit: dollars(1), stop: false },
      { per: 'day', limit: dollars(1), paused: true },
      { per: 'session', limit: 5, unit: 'credits' },
    );
    await spendTimes(4, 90);
    assert.equal(lease('s'), 4);
  });

  it('does not rest on what a time was raised by, which may end before it', async () => {
    const raised = async (per: string) => {
      const [budget] = house.budgets({ per, limit: dollars(30) });
      assert.ok(budget !== undefined);
      raiseBudget(house.db, budget, null, BigInt(1_000 * micro), house.around);
      return lease('s');
    };
    await spendTimes(20, 1);
    assert.deepEqual([await raised('day'), await raised('5h')], [10, 3]);
  });

  it('rests on what a session was raised by, which ends with it', async () => {
    const [budget] = house.budgets({ per: 'session', limit: dollars(30) });
    await spendTimes(20, 1);
    assert.equal(lease('s'), 3);
    const session = { agent: 'claude-code', key: 's' } as const;
    assert.ok(budget !== undefined);
    raiseBudget(house.db, budget, session, BigInt(1_000 * micro), house.around);
    assert.equal(lease('s'), 20);
  });
});
