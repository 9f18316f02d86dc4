import assert from 'node:assert/strict';
import { type Counters, countStep } from '../../../../src/agents/codex/counters.ts';
import type { Usage } from '../../../../src/agents/codex/usage.ts';

describe('running totals', () => {
  it('count the last usage at first, and tell whether it started from zero', () => {
    assert.deepEqual(steps([10, 10]), [10]);
    assert.deepEqual(steps([100, 10]), ['10?']);
  });

  it('count what was added, also across a lost line', () => {
    assert.deepEqual(steps([10, 10], [30, 20], [100, 40]), [10, 20, 70]);
  });

  it('count nothing when repeated, whatever the last usage says', () => {
    assert.deepEqual(steps([10, 10], [10, 10], [10, 999]), [10, 0, 0]);
  });

  it('count the last usage when lowered', () => {
    assert.deepEqual(steps([100, 100], [60, 5], [65, 5]), [100, '5?', 5]);
  });

  it('count a thread anew that starts from zero above the old total', () => {
    assert.deepEqual(steps([100, 100], [106, 106]), [100, 106]);
  });

  it('are told apart when two are interleaved', () => {
    assert.deepEqual(
      steps([100, 100], [5, 5], [220, 120], [12, 7], [12, 7], [300, 80]),
      [100, 5, 120, 7, 0, 80],
    );
  });

  it('count the total itself when nothing else is logged at first, and nothing when it then falls', () => {
    assert.deepEqual(countStep([], usage(50), null).usage, usage(50));
    assert.equal(countStep([usage(50)], usage(20), null).usage, 'unknown');
  });

  it('take no estimate for usage', () => {
    const estimate: Usage = [0, 0, 0, 0, 0, 9000];
    assert.equal(countStep([usage(50)], usage(50), estimate).usage, null);
    const filled = countStep([usage(50)], [0, 0, 0, 0, 0, 258_400], estimate);
    assert.equal(filled.usage, null);
    assert.deepEqual(countStep(filled.counters, [7, 0, 0, 0, 0, 258_407], usage(7)).usage, usage(7));
  });
});

/** Input counted at each `[total, last]`, with `?` where it was not counted from a known total. */
function steps(...counts: readonly (readonly [total: number, last: number])[]): readonly (number | string)[] {
  let counters: Counters = [];
  return counts.map(([total, last]) => {
    const step = countStep(counters, usage(total), usage(last));
    counters = step.counters;
    const input = step.usage === null || step.usage === 'unknown' ? 0 : (step.usage[0] ?? 0);
    return step.isContinuous ? input : `${input}?`;
  });
}

function usage(input: number): Usage {
  return [input, 0, 0, 0, 0, input];
}
