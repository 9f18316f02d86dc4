import assert from 'node:assert/strict';
import { type Calendar, type PeriodUnit, periodAt } from '../../../src/domain/period.ts';

const hourMs = 3_600_000;
const berlin: Calendar = { timeZone: 'Europe/Berlin', weekStart: 1 };

function spanOf(unit: PeriodUnit, iso: string, calendar: Calendar): [string, string] {
  const { startMs, endMs } = periodAt(unit, Date.parse(iso), calendar);
  return [new Date(startMs).toISOString(), new Date(endMs).toISOString()];
}

describe('a period', () => {
  it('is a day of the zone, not of UTC', () => {
    assert.deepEqual(spanOf('day', '2026-11-21T23:30:00Z', berlin), [
      '2026-11-21T23:00:00.000Z',
      '2026-11-22T23:00:00.000Z',
    ]);
  });

  it('has 23 hours on the day that summer time begins and 25 on the day that it ends', () => {
    const hours = (iso: string) => {
      const { startMs, endMs } = periodAt('day', Date.parse(iso), berlin);
      return (endMs - startMs) / hourMs;
    };
    assert.equal(hours('2026-03-29T12:00:00Z'), 23);
    assert.equal(hours('2026-10-25T12:00:00Z'), 25);
    assert.equal(hours('2026-11-22T12:00:00Z'), 24);
  });

  it('begins at the first instant of a date that has no midnight', () => {
    const santiago: Calendar = { timeZone: 'America/Santiago', weekStart: 1 };
    assert.deepEqual(spanOf('day', '2024-09-08T12:00:00Z', santiago), [
      '2024-09-08T04:00:00.000Z',
      '2024-09-09T03:00:00.000Z',
    ]);
  });

  it('is never empty where a zone skipped a whole date', () => {
    const apia: Calendar = { timeZone: 'Pacific/Apia', weekStart: 1 };
    const before = periodAt('day', Date.parse('2011-12-30T09:59:59Z'), apia);
    const after = periodAt('day', Date.parse('2011-12-30T10:00:00Z'), apia);
    assert.ok(before.startMs < before.endMs);
    assert.equal(before.endMs, after.startMs);
  });

  it('holds the instant that it was asked for, at both ends of it', () => {
    for (const unit of ['day', 'week', 'month'] as const) {
      const { startMs, endMs } = periodAt(unit, Date.parse('2026-02-28T22:59:59.999Z'), berlin);
      assert.deepEqual(periodAt(unit, startMs, berlin), { startMs, endMs });
      assert.deepEqual(periodAt(unit, endMs - 1, berlin), { startMs, endMs });
      assert.equal(periodAt(unit, endMs, berlin).startMs, endMs);
    }
  });

  it('is a week that starts where the locale says', () => {
    const sunday = { timeZone: 'UTC', weekStart: 7 };
    const monday = { timeZone: 'UTC', weekStart: 1 };
    assert.equal(spanOf('week', '2026-11-22T10:00:00Z', sunday)[0], '2026-11-22T00:00:00.000Z');
    assert.equal(spanOf('week', '2026-11-22T10:00:00Z', monday)[0], '2026-11-16T00:00:00.000Z');
  });

  it('is a month as long as the calendar has it, also across the year', () => {
    const utc = { timeZone: 'UTC', weekStart: 1 };
    assert.deepEqual(spanOf('month', '2028-02-29T10:00:00Z', utc), [
      '2028-02-01T00:00:00.000Z',
      '2028-03-01T00:00:00.000Z',
    ]);
    assert.equal(spanOf('month', '2026-12-31T10:00:00Z', utc)[1], '2027-01-01T00:00:00.000Z');
  });
});
