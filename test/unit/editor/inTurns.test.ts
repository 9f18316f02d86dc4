import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { inTurns } from '../../../src/editor/lifetime.ts';

describe('inTurns', () => {
  function* counting(done: number[]): Generator<undefined, void> {
    done.push(1);
    yield;
    done.push(2);
    yield;
    done.push(3);
  }

  it('takes a step a turn, the first after the caller has gone on', async () => {
    const done: number[] = [];
    inTurns(counting(done));
    assert.deepEqual(done, []);
    await turn();
    assert.deepEqual(done, [1]);
    await turn();
    assert.deepEqual(done, [1, 2]);
    await turn();
    await turn();
    assert.deepEqual(done, [1, 2, 3]);
  });

  it('takes no further step once it is disposed', async () => {
    const done: number[] = [];
    const turns = inTurns(counting(done));
    await turn();
    turns.dispose();
    await turn();
    await turn();
    assert.deepEqual(done, [1]);
  });
});
