import assert from 'node:assert/strict';
import { ratePerHour, rateWindowMs, type Spending } from '../../../src/budgets/rate.ts';

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** The rates as they are seen every second, from the first spending to some time after the last. */
function rates(
  spending: readonly Spending[],
  untilMs: number,
): readonly { atMs: number; rate: number | null }[] {
  const seen = [];
  for (let atMs = 0; atMs <= untilMs; atMs += secondMs) {
    const known = spending.filter((each) => each.atMs <= atMs && each.atMs > atMs - rateWindowMs);
    seen.push({ atMs, rate: ratePerHour(known, atMs) });
  }
  return seen;
}

/** By what part of the greatest rate it ever moves from one second to the next while there is one. */
function greatestJump(seen: ReturnType<typeof rates>): number {
  const most = Math.max(...seen.map(({ rate }) => rate ?? 0));
  const steps = seen.slice(1).map(({ rate }, index) => {
    const before = seen[index]?.rate ?? null;
    return rate === null || before === null ? 0 : Math.abs(rate - before);
  });
  return Math.max(...steps) / most;
}

const every = (stepMs: number, untilMs: number, amount: number): Spending[] =>
  Array.from({ length: Math.floor(untilMs / stepMs) + 1 }, (_, n) => ({ atMs: n * stepMs, amount }));

describe('the rate of spending', () => {
  it('is that of regular spending, after a while', () => {
    const regular = every(10 * secondMs, hourMs, 10);
    for (const { atMs, rate } of rates(regular, hourMs)) {
      if (atMs < 10 * minuteMs) continue;
      assert.ok(
        rate !== null && Math.abs(rate / 3_600 - 1) < 0.06,
        `${rate} after ${atMs / minuteMs} minutes`,
      );
    }
  });

  it('is about right from the first minutes on', () => {
    const seen = rates(every(10 * secondMs, 10 * minuteMs, 10), 10 * minuteMs);
    const after = (minutes: number) => (seen[minutes * 60]?.rate ?? 0) / 3_600;
    assert.ok(after(5) > 0.9 && after(5) < 1.1, `${after(5)} after five minutes`);
    assert.ok(after(2) > 0.15 && after(2) < 0.5, `${after(2)} after two`);
  });

  it('does not jump when spending is regular', () => {
    assert.ok(greatestJump(rates(every(10 * secondMs, hourMs, 10), hourMs)) < 0.006);
  });

  it('does not jump when spending comes in bursts', () => {
    const bursts = Array.from({ length: 10 }, (_, n) =>
      every(2 * secondMs, 30 * secondMs, 10).map(({ atMs, amount }) => {
        return { atMs: atMs + n * 7 * minuteMs, amount };
      }),
    ).flat();
    const seen = rates(bursts, 70 * minuteMs);
    assert.ok(greatestJump(seen) < 0.02, `${greatestJump(seen)}`);
    const later = seen.filter(({ atMs }) => atMs > 20 * minuteMs && atMs < 65 * minuteMs);
    const found = later.map(({ rate }) => rate ?? 0);
    assert.ok(Math.max(...found) < 2 * Math.min(...found), `${Math.min(...found)} to ${Math.max(...found)}`);
  });

  it('does not jump with one response that costs as much as an hour', () => {
    const spending = [...every(10 * secondMs, hourMs, 10), { atMs: 30 * minuteMs, amount: 3_600 }];
    const seen = rates(spending, hourMs);
    assert.ok(greatestJump(seen) < 0.01, `${greatestJump(seen)}`);
  });

  it('does not move when a response comes in', () => {
    const before = every(10 * secondMs, 20 * minuteMs, 10);
    const atMs = 20 * minuteMs + 5 * secondMs;
    assert.equal(ratePerHour([...before, { atMs, amount: 10_000 }], atMs), ratePerHour(before, atMs));
  });

  it('dies with the spending, smoothly, and is gone after twenty minutes', () => {
    const seen = rates(every(10 * secondMs, 30 * minuteMs, 10), hourMs);
    const dying = seen.filter(({ atMs }) => atMs >= 36 * minuteMs);
    const present = dying.flatMap(({ rate }) => (rate === null ? [] : [rate]));
    assert.ok(present.every((rate, index) => rate <= (present[index - 1] ?? rate)));
    assert.ok(greatestJump(seen) < 0.006);
    assert.deepEqual(
      [49, 50, 60].map((minutes) => typeof seen[minutes * 60]?.rate),
      ['number', 'object', 'object'],
    );
    assert.ok((present.at(-1) ?? 0) < 0.15 * Math.max(...present));
  });

  it('begins anew after half an hour without spending', () => {
    const atMs = 50 * minuteMs;
    const later = every(10 * secondMs, 5 * minuteMs, 10).map((each) => ({
      ...each,
      atMs: each.atMs + 45 * minuteMs,
    }));
    const before = { atMs: 14 * minuteMs, amount: 1e6 };
    assert.equal(ratePerHour([before, ...later], atMs), ratePerHour(later, atMs));
    const still = { atMs: 15 * minuteMs, amount: 1e6 };
    assert.notEqual(ratePerHour([still, ...later], atMs), ratePerHour(later, atMs));
  });

  it('is the same in whatever order the spending is told', () => {
    const spending = every(7 * secondMs, 20 * minuteMs, 0.1).map(({ atMs }, n) => ({ atMs, amount: n / 7 }));
    const reversed = spending.toReversed();
    assert.equal(ratePerHour(spending, 20 * minuteMs), ratePerHour(reversed, 20 * minuteMs));
  });

  it('is measured by the time since the run of work began, whenever that was', () => {
    const later = (ms: number) =>
      every(10 * secondMs, 8 * minuteMs, 10).map((each) => ({ ...each, atMs: each.atMs + ms }));
    const rate = ratePerHour(later(0), 8 * minuteMs);
    const wholeDays = 20_000 * 24 * hourMs;
    assert.equal(ratePerHour(later(wholeDays), wholeDays + 8 * minuteMs), rate);
  });

  it('is none of nothing, and of what is dated after now', () => {
    assert.equal(ratePerHour([], 5), null);
    assert.equal(ratePerHour([{ atMs: 6, amount: 1 }], 5), null);
    assert.equal(ratePerHour([{ atMs: 5, amount: 1 }], 5), 0);
  });
});
