import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Duty } from '../../../src/workers/duty.ts';

describe('a duty', () => {
  let nowMs: number;
  let busyMs: number;
  let errors: unknown[];
  beforeEach(() => {
    nowMs = 0;
    busyMs = 0;
    errors = [];
    mock.timers.enable({ apis: ['setTimeout'] });
  });
  afterEach(() => mock.timers.reset());

  /** Takes some milliseconds each time. */
  function duty(takesMs: (time: number) => number, share = 0.02): Duty {
    let times = 0;
    return new Duty({
      share,
      clock: () => nowMs,
      action: () => {
        const tookMs = takesMs(times++);
        nowMs += tookMs;
        busyMs += tookMs;
      },
      onLateError: (error) => errors.push(error),
    });
  }

  const pass = (ms: number) => {
    nowMs += ms;
    mock.timers.tick(ms);
  };

  it('is done at once when it is asked for seldom', () => {
    const seldom = duty(() => 3);
    for (let time = 1; time <= 3; time++) {
      seldom.request();
      assert.equal(busyMs, 3 * time);
      pass(1_000);
    }
  });

  it('takes its share of the time and no more, however often it is asked for', () => {
    const often = duty((time) => 1 + (time % 7));
    for (let ms = 0; ms < 10_000; ms++) {
      often.request();
      pass(1);
    }
    assert.ok(busyMs / nowMs < 0.021, `${busyMs} of ${nowMs} ms`);
    assert.ok(busyMs / nowMs > 0.015, `${busyMs} of ${nowMs} ms`);
  });

  it('is done once for all that was asked while it waited, and not without being asked', () => {
    const waiting = duty(() => 1);
    for (let time = 0; time < 5; time++) waiting.request();
    assert.equal(busyMs, 1);
    pass(48);
    assert.equal(busyMs, 1);
    pass(1);
    assert.equal(busyMs, 2);
    pass(10_000);
    assert.equal(busyMs, 2);
  });

  it('drops what was asked for when it is stopped', () => {
    const stopped = duty(() => 1);
    stopped.request();
    stopped.request();
    stopped.stop();
    pass(1_000);
    assert.equal(busyMs, 1);
    stopped.request();
    assert.equal(busyMs, 2);
  });

  it('throws to whoever asked, and tells of what it threw later', () => {
    const failing = duty((time) => {
      throw new Error(`time ${time}`);
    });
    assert.throws(() => failing.request(), /time 0/);
    const late = duty((time) => {
      if (time > 0) throw new Error('late');
      return 1;
    });
    late.request();
    late.request();
    pass(100);
    assert.deepEqual(errors.map(String), ['Error: late']);
  });
});
