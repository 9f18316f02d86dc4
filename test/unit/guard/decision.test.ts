import assert from 'node:assert/strict';
import type { Verdict } from '../../../src/domain/budget.ts';
import { claudeCodeGuard } from '../../../src/guard/agents/claudeCode.ts';
import { toDecision } from '../../../src/guard/decision.ts';
import { standing } from '../budgets/budgets.ts';

const session = { agent: 'claude-code', key: 's-1' } as const;

function decide(verdict: Verdict, startsSubAgent: boolean) {
  const asking = {
    session,
    subAgent: null,
    transcriptPath: null,
    folder: null,
    tool: 'Task',
    startsSubAgent,
  };
  return toDecision(verdict, asking, {
    guard: claudeCodeGuard,
    platform: 'linux',
    folder: '/nowhere',
    isKnown: true,
  });
}

describe('the decision over a new sub-agent', () => {
  it('refuses one that would overrun, and lets the session go on', () => {
    const { kind, ...rest } = decide({ kind: 'stop', standing: standing({ spent: 600n }) }, true);
    assert.equal(kind, 'refuse');
    assert.match('sentence' in rest ? rest.sentence : '', /no sub-agent may start now/);
  });

  it('stops the session that would start it once the budget is spent', () => {
    const over = standing({ spent: 1_000n, level: 'over' });
    assert.deepEqual(
      [true, false].map((starts) => decide({ kind: 'stop', standing: over }, starts).kind),
      ['stop', 'stop'],
    );
  });
});
