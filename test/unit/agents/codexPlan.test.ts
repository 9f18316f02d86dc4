import assert from 'node:assert/strict';
import { isPlan, planReadings } from '../../../src/agents/codex/plan.ts';

const underPlan = (plan_type: unknown) => {
  const readings = planReadings({ rate_limits: { primary: { used_percent: 1 }, plan_type } }, 1_000);
  return typeof readings !== 'string' && readings.some(isPlan);
};

describe('whether Codex is under a plan', () => {
  it('is sure where its limits name one', () => {
    assert.deepEqual(['plus', 'pro', 'enterprise'].map(underPlan), [true, true, true]);
  });

  it('is not sure where they name none, or one that is billed by what is used', () => {
    const others = [null, '', 7, 'unknown', 'self_serve_business_usage_based', 'enterprise_cbp_usage_based'];
    assert.ok(!others.some(underPlan));
  });
});
