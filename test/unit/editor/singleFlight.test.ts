import assert from 'node:assert/strict';
import { SingleFlight } from '../../../src/editor/singleFlight.ts';

describe('SingleFlight', () => {
  it('never overlaps runs and does what was asked for meanwhile once more', async () => {
    let running = 0;
    let runs = 0;
    const flight = new SingleFlight(async () => {
      running += 1;
      assert.equal(running, 1);
      runs += 1;
      await Promise.resolve();
      running -= 1;
    });
    const first = flight.run();
    void flight.run();
    void flight.run();
    await first;
    assert.equal(runs, 2);
  });

  it('runs again when asked after the end', async () => {
    let runs = 0;
    const flight = new SingleFlight(async () => {
      runs += 1;
    });
    await flight.run();
    await flight.run();
    assert.equal(runs, 2);
  });

  it('runs again after work that failed', async () => {
    let runs = 0;
    const flight = new SingleFlight(async () => {
      runs += 1;
      if (runs === 1) throw new Error('not today');
    });
    await assert.rejects(flight.run(), /not today/);
    await flight.run();
    assert.equal(runs, 2);
  });
});
