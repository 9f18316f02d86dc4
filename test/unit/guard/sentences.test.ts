import assert from 'node:assert/strict';
import type { Budget, Standing } from '../../../src/domain/budget.ts';
import { decisionOn, subAgentDecisionOn } from '../../../src/guard/sentences.ts';

const ways = { releaseCommand: "'/g/launch' release", timeZone: 'Europe/Berlin' };

const budget: Budget = {
  id: 'b',
  span: { kind: 'session' },
  unit: 'list',
  scope: {},
  limit: 5_000_000_000_000n,
  nearPercent: 80,
  wrapUpPercent: 95,
  stops: true,
  isPaused: false,
};

const standing: Standing = {
  budget,
  session: { agent: 'codex', key: 's' },
  period: null,
  limit: 5_000_000_000_000n,
  spent: 5_020_000_000_000n,
  isLowerBound: false,
  level: 'over',
  nextResetMs: null,
  ratePerHour: null,
  leftMs: 0,
};

function sentenceOn(changes: Partial<Standing>, ofBudget: Partial<Budget> = {}): string {
  const decision = decisionOn(
    { kind: 'stop', standing: { ...standing, ...changes, budget: { ...budget, ...ofBudget } } },
    ways,
  );
  return decision.kind === 'allow' ? '' : decision.sentence;
}

describe('what a guard says', () => {
  it('is what was spent, of what, and how to go on', () => {
    assert.equal(
      sentenceOn({}),
      "Token Burn: budget reached. $5.02 of $5.00 spent (this session, at list price). To go on, run “Token Burn: Release Session” in the editor, or in a terminal: '/g/launch' release",
    );
  });

  it('names since when, and what the budget is for', () => {
    const period = { startMs: Date.UTC(2026, 10, 25, 23), endMs: Date.UTC(2026, 10, 26, 23) };
    const text = sentenceOn(
      { period },
      {
        span: { kind: 'calendar', unit: 'day' },
        unit: 'paid',
        scope: { project: '/w/shop', model: 'gpt-*' },
      },
    );
    assert.match(text, /\(day, \/w\/shop, gpt-\*, paid by the token, since Nov 26, 2026, 12:00\sAM\)/);
  });

  it('gives each unit in its own measure, and a lower bound as one', () => {
    assert.match(
      sentenceOn({ spent: 1_234_567n, limit: 1_000_000n }, { unit: 'tokens' }),
      /1,234,567 tokens of 1,000,000 tokens/,
    );
    assert.match(sentenceOn({ spent: 25_000_000_000n }, { unit: 'credits' }), /2\.5 credits/);
    assert.match(sentenceOn({ spent: 425_000n, limit: 400_000n }, { unit: 'planShare' }), /42\.5 % of 40 %/);
    assert.match(sentenceOn({ spent: 1_500_000_000n }), /\$0\.0015 of/);
    assert.match(sentenceOn({ isLowerBound: true }), /At least \$5\.02/);
  });

  it('makes plain what settings named', () => {
    const text = sentenceOn({}, { scope: { model: '\u001b[31mx\n\u202ey'.padEnd(5_000, 'z') } });
    assert.ok(!/[\p{Cc}\p{Cf}]/u.test(text));
    assert.ok(text.length < 500);
  });

  it('tells the agent to conclude, and a new sub-agent that it may not start', () => {
    const wrapUp = decisionOn({ kind: 'wrapUp', standing }, ways);
    assert.equal(wrapUp.kind, 'wrapUp');
    assert.match(wrapUp.kind === 'wrapUp' ? wrapUp.sentence : '', /Conclude now/);
    assert.equal(subAgentDecisionOn({ kind: 'stop', standing }, ways).kind, 'refuse');
    assert.equal(subAgentDecisionOn({ kind: 'wrapUp', standing }, ways).kind, 'allow');
    assert.equal(decisionOn({ kind: 'allow' }, ways).kind, 'allow');
    const byHand = decisionOn({ kind: 'stoppedByHand', atMs: 0 }, ways);
    assert.match(byHand.kind === 'stop' ? byHand.sentence : '', /you stopped this session/);
  });
});
