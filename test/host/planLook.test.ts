import assert from 'node:assert/strict';
import type { PlanReading } from '../../src/domain/planReading.ts';
import { createFormat } from '../../src/editor/format.ts';
import { planLook, plansLook } from '../../src/editor/sessions/planLook.ts';

const format = createFormat('en');
const now = Date.UTC(2026, 9, 5, 12);
const minute = 60_000;

function reading(changed: Partial<PlanReading> = {}): PlanReading {
  return {
    agent: 'codex',
    window: 'primary',
    windowMinutes: 300,
    usedPercent: 12,
    resetsAtMs: now + 90 * minute,
    plan: 'plus',
    atMs: now - 3 * minute,
    ...changed,
  };
}

describe('limits of plans in words', () => {
  it('tell what is used, when the window begins anew and how old that is', () => {
    const { label, description } = planLook(reading(), format, now);
    assert.equal(label, 'Codex, 5 hours');
    assert.match(description, /^12% used · resets .+ · reported 3 min\. ago$/);
  });

  it('do not tell of a window that is over as if it went on', () => {
    const { description } = planLook(reading({ resetsAtMs: now - 5 * minute }), format, now);
    assert.match(description, /^12% used before · began anew 5 min\. ago · reported/);
    assert.match(plansLook([reading({ resetsAtMs: now - 5 * minute })], format, now).description, /^nothing/);
  });

  it('name windows by their length, and by what the agent calls them where that is not known', () => {
    const named = (windowMinutes: number | null) =>
      planLook(reading({ windowMinutes, window: 'extra\u202e' }), format, now).label;
    assert.deepEqual(
      [7 * 24 * 60, 14 * 24 * 60, 24 * 60, 60, 45, null].map(named),
      ['week', '2 weeks', 'day', 'hour', '45 minutes', 'extra'].map((name) => `Codex, ${name}`),
    );
  });

  it('sum up to the window that is used the most', () => {
    const plan = [reading(), reading({ agent: 'claude-code', usedPercent: 80 }), reading({ usedPercent: 3 })];
    assert.deepEqual(plansLook(plan, format, now), {
      label: 'Plan Limits',
      description: 'Claude Code, 5 hours: 80% used',
    });
  });
});
