import assert from 'node:assert/strict';
import { type AccountEvidence, accountOf, noTotalsByAccount, wholeOf } from '../../../src/domain/account.ts';
import type { AgentId } from '../../../src/domain/agent.ts';
import { pico } from '../../../src/domain/money.ts';
import { noTotals } from '../../../src/domain/totals.ts';

const told = (agent: AgentId, rest: Partial<AccountEvidence> = {}): AccountEvidence => ({
  agent,
  isUnderPlan: false,
  hasReportedCost: false,
  ...rest,
});

describe('the account of a session', () => {
  it('is not told where neither the user nor the log says anything', () => {
    assert.equal(accountOf(told('claude-code'), {}), 'untold');
    assert.equal(accountOf(told('copilot-cli'), {}), 'untold', 'as with keys of the user');
  });

  it('is a plan where the log is sure of it', () => {
    assert.equal(accountOf(told('codex', { isUnderPlan: true }), {}), 'plan');
  });

  it("is Copilot's plan where it counted credits; a cost that others note says nothing", () => {
    assert.equal(accountOf(told('copilot-chat', { hasReportedCost: true }), {}), 'plan');
    assert.equal(accountOf(told('opencode', { hasReportedCost: true }), {}), 'untold');
  });

  it('is what the user says, whatever the log tells', () => {
    assert.equal(accountOf(told('codex', { isUnderPlan: true }), { codex: 'api' }), 'api');
    assert.equal(accountOf(told('claude-code'), { codex: 'api', 'claude-code': 'plan' }), 'plan');
  });
});

describe('totals by account', () => {
  it('add up to the whole', () => {
    const part = (cost: bigint) => ({ ...noTotals, receipts: 1, cost: pico(cost) });
    const whole = wholeOf({ api: part(1n), plan: part(20n), untold: part(300n) });
    assert.deepEqual([whole.receipts, whole.cost], [3, 321n]);
    assert.deepEqual(wholeOf(noTotalsByAccount), noTotals);
  });
});
