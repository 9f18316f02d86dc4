import assert from 'node:assert/strict';
import { answerStops, claimInterrupt, noteInterrupt } from '../../../src/oversight/interrupts.ts';
import { endStopByBudget, release, stopSession, stopsThatDidNotHold } from '../../../src/oversight/stops.ts';
import { House, noonMs } from './house.ts';

const session = { agent: 'claude-code', key: 's' } as const;

describe('a stop that an agent goes on after', () => {
  let house: House;
  beforeEach(async () => {
    house = new House();
    house.budgets({ per: 'session', limit: 1 });
    await house.spend('s', 1, { at: noonMs - 1_000 });
  });
  afterEach(() => house.dispose());

  const stop = (reason: 'hand' | 'budget' = 'budget') => stopSession(house.db, session, house.nowMs, reason);
  const wait = (ms: number) => {
    house.nowMs += ms;
  };
  const answer = () => answerStops(house.db, session, house.nowMs);
  const interrupts = () => claimInterrupt(house.db, answer(), house.nowMs);
  const told = () => stopsThatDidNotHold(house.db).map(({ calls, interruptedMs }) => [calls, interruptedMs]);

  it('is none while nothing is stopped', async () => {
    wait(5_000);
    assert.deepEqual([answer(), interrupts()], [[], false]);
  });

  it('has its agent interrupted once, when more came after the first answer than was under way', async () => {
    stop();
    assert.equal(interrupts(), false);
    wait(2_000);
    await house.spend('s', 1);
    assert.equal(interrupts(), false);
    await house.spend('s', 1);
    assert.equal(answer().length, 1);
    assert.deepEqual([interrupts(), interrupts()], [true, false]);
    assert.deepEqual(told(), [[2, house.nowMs]]);
  });

  it('is given a moment, for what comes at once was under way', async () => {
    stop();
    assert.equal(interrupts(), false);
    wait(900);
    for (const _ of [1, 2, 3]) await house.spend('s', 1);
    assert.equal(interrupts(), false);
    wait(100);
    assert.equal(interrupts(), true);
  });

  it('is told of before: what came until then is not held against the agent', async () => {
    stop('hand');
    wait(60_000);
    for (const _ of [1, 2, 3, 4]) await house.spend('s', 1);
    assert.equal(interrupts(), false);
    wait(2_000);
    await house.spend('s', 1);
    assert.equal(interrupts(), false);
    await house.spend('s', 1);
    assert.equal(interrupts(), true);
  });

  it('leaves each agent at work the call that it had under way', async () => {
    for (const part of ['a', 'b']) {
      await house.read({ session: part, facts: { parentKey: 's' } });
      await house.spend(part, 1, { at: noonMs - 1_000 });
    }
    stop();
    assert.equal(interrupts(), false);
    wait(2_000);
    for (const each of ['s', 'a', 'b']) await house.spend(each, 1);
    assert.equal(interrupts(), false);
    await house.spend('a', 1);
    assert.equal(interrupts(), true);
  });

  it('leaves sub-agents that had just begun the first call of each', async () => {
    stop();
    assert.equal(interrupts(), false);
    wait(2_000);
    for (const part of ['a', 'b', 'c']) {
      await house.read({ session: part, facts: { parentKey: 's' } });
      await house.spend(part, 1);
    }
    assert.deepEqual([interrupts(), told()], [false, []]);
    await house.spend('c', 1);
    assert.equal(interrupts(), false);
    await house.spend('c', 1);
    assert.equal(interrupts(), true);
  });

  it('begins anew with the next stop, and not before', async () => {
    stop();
    interrupts();
    wait(2_000);
    for (const _ of [1, 2]) await house.spend('s', 1);
    assert.equal(interrupts(), true);
    release(house.db, session, null, house.around);
    assert.deepEqual(answer(), []);
    wait(1_000);
    stop();
    assert.equal(interrupts(), false);
    wait(2_000);
    for (const _ of [1, 2]) await house.spend('s', 1);
    assert.equal(interrupts(), true);
    endStopByBudget(house.db, session, house.nowMs);
    assert.deepEqual(told(), []);
  });

  it('is interrupted once where both a person and a budget stopped it', async () => {
    stop();
    wait(1);
    stop('hand');
    interrupts();
    wait(2_000);
    for (const _ of [1, 2]) await house.spend('s', 1);
    assert.deepEqual([interrupts(), interrupts()], [true, false]);
  });

  it('is left alone by the guard when a person had it interrupted', async () => {
    stop();
    interrupts();
    wait(2_000);
    for (const _ of [1, 2]) await house.spend('s', 1);
    noteInterrupt(house.db, session, house.nowMs);
    assert.equal(interrupts(), false);
    assert.deepEqual(told(), [[2, house.nowMs]]);
  });
});
