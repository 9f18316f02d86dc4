import assert from 'node:assert/strict';
import { firstWeekday, systemCalendar } from '../../../src/workers/systemCalendar.ts';

describe('the calendar of this machine', () => {
  it('begins the week where the locale does', () => {
    assert.equal(firstWeekday('de-DE'), 1);
    assert.equal(firstWeekday('en-US'), 7);
    assert.equal(firstWeekday('ar-EG'), 6);
  });

  it('names a zone and a day that a week can begin with', () => {
    const { timeZone, weekStart } = systemCalendar();
    assert.doesNotThrow(() => new Intl.DateTimeFormat('en', { timeZone }));
    assert.ok(weekStart >= 1 && weekStart <= 7);
  });
});
