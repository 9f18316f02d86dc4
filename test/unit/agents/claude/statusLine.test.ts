import assert from 'node:assert/strict';
import { statusLine } from '../../../../src/agents/claude/statusLine.ts';
import type { PlanReading } from '../../../../src/domain/planReading.ts';
import { toLogLine } from '../../../contract/byteLine.ts';
import { Reading } from '../../../contract/reading.ts';

function take(document: unknown): Reading {
  const reading = new Reading();
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  statusLine.read({ relativePath: 'status.json' }, toLogLine(Buffer.from(text)), reading.sinkOf(0));
  return reading;
}

function read(document: unknown) {
  const { plan, refused } = take(document);
  return { plan: [...plan.values()], refused };
}

const at = 1_790_000_000;
const limits = {
  five_hour: { used_percentage: 12.5, resets_at: at + 3_600 },
  seven_day: { used_percentage: 40, resets_at: at + 86_400 },
};

describe('what Claude Code tells its status line', () => {
  it('are the windows of the plan, as they stood when it was told', () => {
    const expected: readonly PlanReading[] = [
      {
        agent: 'claude-code',
        window: 'five_hour',
        windowMinutes: 300,
        usedPercent: 12.5,
        resetsAtMs: (at + 3_600) * 1_000,
        plan: null,
        atMs: at * 1_000,
      },
      {
        agent: 'claude-code',
        window: 'seven_day',
        windowMinutes: 10_080,
        usedPercent: 40,
        resetsAtMs: (at + 86_400) * 1_000,
        plan: null,
        atMs: at * 1_000,
      },
    ];
    assert.deepEqual(read({ at, status: { session_id: 's', rate_limits: limits } }), {
      plan: expected,
      refused: {},
    });
  });

  it('is that the session is under a plan, where it has limits', () => {
    const told = take({ at, status: { session_id: 's', rate_limits: limits } }).facts;
    assert.deepEqual([...told.values()], [{ agent: 'claude-code', key: 's', account: 'plan' }]);
    assert.equal(take({ at, status: { session_id: 's' } }).facts.size, 0);
  });

  it('is nothing of a plan where there is none', () => {
    assert.deepEqual(read({ at, status: { session_id: 's' } }), { plan: [], refused: {} });
    assert.deepEqual(read({ at, status: { rate_limits: { five_hour: null, other: 7 } } }), {
      plan: [],
      refused: {},
    });
  });

  it('is left out where it cannot be', () => {
    for (const used_percentage of [-1, 1e9, '12', null, Number.NaN]) {
      const rate_limits = { five_hour: { used_percentage, resets_at: at } };
      assert.deepEqual(read({ at, status: { rate_limits } }).plan, []);
    }
    const [reading] = read({
      at,
      status: { rate_limits: { five_hour: { used_percentage: 1, resets_at: 7 } } },
    }).plan;
    assert.equal(reading?.resetsAtMs, null);
  });

  it('is refused where it is torn, or its time is none', () => {
    for (const document of [
      '{"at":17',
      '[]',
      { at: 'now', status: {} },
      { at },
      { status: {} },
      { at: 1e99, status: {} },
    ]) {
      assert.deepEqual(read(document), { plan: [], refused: { malformed: 1 } });
    }
  });
});
