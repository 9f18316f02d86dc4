import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Coalescer } from '../../../src/workers/coalescer.ts';

describe('a coalescer', () => {
  let runs: number;
  let coalescer: Coalescer;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    runs = 0;
    coalescer = new Coalescer(200, () => runs++);
  });
  afterEach(() => mock.timers.reset());

  it('runs at once, and then at most once in an interval', () => {
    for (let n = 0; n < 5; n++) coalescer.request();
    assert.equal(runs, 1);
    mock.timers.tick(199);
    assert.equal(runs, 1);
    mock.timers.tick(1);
    assert.equal(runs, 2);
  });

  it('does not run for what nobody asked', () => {
    coalescer.request();
    mock.timers.tick(1_000);
    assert.equal(runs, 1);
    coalescer.request();
    assert.equal(runs, 2);
  });

  it('can wait for the end of an interval, whether or not one is under way', () => {
    coalescer.requestLater();
    coalescer.requestLater();
    mock.timers.tick(199);
    assert.equal(runs, 0);
    mock.timers.tick(1);
    assert.equal(runs, 1);
    mock.timers.tick(100);
    coalescer.requestLater();
    mock.timers.tick(99);
    assert.equal(runs, 1);
    mock.timers.tick(1);
    assert.equal(runs, 2);
  });

  it('does at once what is asked for while it waits', () => {
    for (const [times, request] of ['request', 'requestNow'].entries()) {
      coalescer.requestLater();
      coalescer[request as 'request']();
      assert.equal(runs, times + 1);
      mock.timers.tick(1_000);
      assert.equal(runs, times + 1);
    }
  });

  it('waits for one interval at a time', () => {
    coalescer.requestLater();
    mock.timers.tick(100);
    coalescer.requestLater();
    mock.timers.tick(100);
    assert.equal(runs, 1);
    // A second one would be over by now.
    mock.timers.tick(150);
    coalescer.request();
    assert.equal(runs, 1);
    mock.timers.tick(50);
    assert.equal(runs, 2);
  });

  it('forgets what was asked for when it is stopped', () => {
    coalescer.request();
    coalescer.request();
    coalescer.stop();
    mock.timers.tick(1_000);
    assert.equal(runs, 1);
  });
});
