import assert from 'node:assert/strict';
import type { PlanReading } from '../../../src/domain/planReading.ts';
import { latestPlanReadings, storePlanReading } from '../../../src/ledger/planReadings.ts';
import { World } from './world.ts';

describe('what agents report of plans', () => {
  const reading: PlanReading = {
    agent: 'codex',
    window: 'primary',
    windowMinutes: 300,
    usedPercent: 12.5,
    resetsAtMs: 9_000,
    plan: 'plus',
    atMs: 1_000,
  };
  const later = { ...reading, usedPercent: 14, atMs: 2_000 };
  const weekly: PlanReading = {
    ...reading,
    window: 'secondary',
    windowMinutes: null,
    resetsAtMs: null,
    plan: null,
  };

  it('is the last of each window, whatever came first', () => {
    for (const order of [
      [reading, later, weekly],
      [weekly, later, reading, later],
    ]) {
      const world = new World();
      const db = world.open();
      db.write(() => {
        for (const each of order) storePlanReading(db, each);
      });
      assert.deepEqual(latestPlanReadings(db), [later, weekly]);
      world.dispose();
    }
  });

  it('is one row for as long as the same is reported', () => {
    const world = new World();
    const db = world.open();
    db.write(() => {
      for (let atMs = 5_000; atMs > 0; atMs--) storePlanReading(db, { ...reading, atMs });
    });
    const rows = db.all<object>('SELECT first_ms, last_ms FROM plan_reading').map((row) => ({ ...row }));
    assert.deepEqual(rows, [{ first_ms: 1, last_ms: 5_000 }]);
    world.dispose();
  });
});
