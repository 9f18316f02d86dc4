import assert from 'node:assert/strict';
import { leaseOf } from '../../../src/oversight/lease.ts';
import { House, hourMs } from './house.ts';

const dollars = (micros: number) => micros / 1_000_000;

describe('how many hooks of a session may go on unasked', () => {
  let house: House;
  beforeEach(() => {
    house = new House();
  });
  afterEach(() => house.dispose());

  const lease = (key: string, sharers = 1) =>
    leaseOf(house.db, { agent: 'claude-code', key }, house.around, sharers);

  it('is none of a session that the ledger does not know, nor while no response tells what one may take', async () => {
    house.budgets({ per: 'session', limit: dollars(100) });
    assert.equal(lease('s'), 0);
    await house.read({ session: 's' });
    assert.equal(lease('s'), 0);
    await house.spend('s', 1);
    house.nowMs += 25 * hourMs;
    assert.equal(lease('s'), 0);
  });

  it('is as many as a third of what is left has of the dearest response, wherever that was', async () => {
    house.budgets({ per: 'session', limit: dollars(100) });
    await house.spend('s', 4);
    assert.equal(lease('s'), 8);
    await house.spend('other', 8);
    assert.equal(lease('s'), 4);
    await house.spend('s', 80);
    assert.equal(lease('s'), 0);
  });

  it('is for a part of it where others share what is left, and for what is left of the strictest budget', async () => {
    house.budgets({ per: 'session', limit: dollars(1_000) }, { per: 'day', limit: dollars(100) });
    await house.spend('s', 4);
    assert.deepEqual([lease('s', 1), lease('s', 2), lease('s', 9)], [8, 4, 0]);
  });

  it('never ends far off, whatever is left, and is none past the limit', async () => {
    house.budgets({ per: 'session', limit: dollars(1_000_000) });
    await house.spend('s', 1);
    assert.equal(lease('s'), 32);
    await house.spend('s', 2_000_000);
    assert.equal(lease('s'), 0);
  });

  it('goes by budgets that stop alone, and by what calls take in their units', async () => {
    house.budgets(
      { per: 'session', limit: dollars(1), stop: false },
      { per: 'day', limit: dollars(1), paused: true },
      { per: 'session', limit: 5, unit: 'credits' },
    );
    await house.spend('s', 90);
    assert.equal(lease('s'), 32);
  });
});
