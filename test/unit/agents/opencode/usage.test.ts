import assert from 'node:assert/strict';
import { toUsage } from '../../../../src/agents/opencode/usage.ts';
import { tokens, type Used } from '../../../fixtures/opencode/records.ts';

describe('the usage of a step of OpenCode', () => {
  function outputOf(used: Used, total?: number): number | string | null {
    const usage = toUsage(tokens(used, total), false);
    return typeof usage === 'string' || usage === null ? usage : usage.tokens.output;
  }

  it('has the output that more reasoning was taken off, where the total tells', () => {
    const used: Used = [3746, -555, 3364, 49_408, 0];
    assert.equal(outputOf(used, 55_963), 2809);
    assert.equal(outputOf(used, 55_964), 'implausible');
    assert.equal(outputOf(used), 'implausible');
  });

  it('has no output that is less than nothing', () => {
    assert.equal(outputOf([10, -5, 0, 0, 0], 5), 'implausible');
    assert.equal(outputOf([10, -5, 4, 0, 0], 9), 'implausible');
  });

  it('has no more reasoning than output', () => {
    const usage = toUsage(tokens([14, 0, 78, 0, 0], 14 + 77), false);
    assert.ok(usage !== null && typeof usage !== 'string');
    assert.deepEqual([usage.tokens.output, usage.tokens.reasoning], [77, 77]);
  });
});
