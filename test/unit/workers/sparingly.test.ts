import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Sparingly } from '../../../src/workers/sparingly.ts';

/** Long enough that the rest after it is not over before the next call. */
function busyMs(ms: number): void {
  for (const endMs = performance.now() + ms; performance.now() < endMs; );
}

describe('something that is done sparingly', () => {
  it('is done at once, then after a rest, the last that was asked for', async () => {
    const done: string[] = [];
    const sparingly = new Sparingly(40);
    const ask = (name: string) =>
      sparingly.do(() => {
        busyMs(10);
        done.push(name);
      });
    for (const name of ['a', 'b', 'c']) ask(name);
    assert.deepEqual(done, ['a']);
    while (done.length < 2) await sleep(20);
    assert.deepEqual(done, ['a', 'c']);
  });

  it('is done each time where no rest is wanted, and after a failure', () => {
    const done: number[] = [];
    const always = new Sparingly(0);
    assert.throws(() =>
      always.do(() => {
        throw new Error('no');
      }),
    );
    for (const number of [1, 2]) always.do(() => done.push(number));
    assert.deepEqual(done, [1, 2]);
  });

  it('is not done any more after a stop, until it is asked for anew', async () => {
    const done: string[] = [];
    const sparingly = new Sparingly(10);
    sparingly.do(() => busyMs(10));
    sparingly.do(() => done.push('late'));
    sparingly.stop();
    await sleep(300);
    assert.equal(done.length, 0);
    sparingly.do(() => done.push('anew'));
    assert.deepEqual(done, ['anew']);
  });
});
