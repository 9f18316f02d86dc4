import assert from 'node:assert/strict';
import { roundTimeLeft, type TimeLeft } from '../../../../src/editor/budget/timeLeft.ts';

const minuteMs = 60_000;

function words({ count, unit }: TimeLeft): string {
  return `${count} ${unit}`;
}

describe('the time left', () => {
  const times: readonly (readonly [number, string])[] = [
    [0, '1 minute'],
    [0.5, '1 minute'],
    [1.99, '1 minute'],
    [9.9, '9 minute'],
    [10, '10 minute'],
    [14.9, '10 minute'],
    [43, '40 minute'],
    [59.9, '55 minute'],
    [60, '1 hour'],
    [119, '1 hour'],
    [47 * 60, '47 hour'],
    [48 * 60, '2 day'],
    [9.9 * 24 * 60, '9 day'],
  ];
  for (const [minutes, text] of times) {
    it(`of ${minutes} minutes is said to be ${text}`, () => {
      assert.equal(words(roundTimeLeft(minutes * minuteMs)), text);
    });
  }

  it('is never said to be more than it is, but for its last minute', () => {
    const inMinutes = { minute: 1, hour: 60, day: 24 * 60 };
    for (let minutes = 1; minutes < 20_000; minutes += 0.5) {
      const { count, unit } = roundTimeLeft(minutes * minuteMs);
      assert.ok(count * inMinutes[unit] <= minutes, `${minutes}`);
    }
  });

  it('stays while it wavers about a step', () => {
    let shown: TimeLeft | undefined;
    const said = [44.9, 45.1, 44.8, 45.2, 46, 44.9].map((minutes) => {
      shown = roundTimeLeft(minutes * minuteMs, shown);
      return words(shown);
    });
    assert.deepEqual(new Set(said), new Set(['40 minute']));
  });

  it('goes down at once, and up when it is clearly more', () => {
    const shown = roundTimeLeft(41 * minuteMs);
    assert.equal(words(roundTimeLeft(39.9 * minuteMs, shown)), '35 minute');
    assert.equal(words(roundTimeLeft(47.4 * minuteMs, shown)), '40 minute');
    assert.equal(words(roundTimeLeft(47.6 * minuteMs, shown)), '45 minute');
  });
});
