import assert from 'node:assert/strict';
import { zoneAtMidday } from '../../harness/midday.ts';

describe('the time zone at midday', () => {
  for (let hour = 0; hour < 24; hour++) {
    it(`is found at ${hour} o'clock UTC`, () => {
      const now = new Date(Date.UTC(2026, 10, 26, hour, 59));
      const clock = new Intl.DateTimeFormat('en', {
        hour: 'numeric',
        hourCycle: 'h23',
        timeZone: zoneAtMidday(now),
      });
      assert.equal(clock.format(now), '12');
    });
  }
});
