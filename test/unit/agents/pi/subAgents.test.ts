import assert from 'node:assert/strict';
import { leftBySubAgents } from '../../../../src/agents/pi/subAgents.ts';
import { noTokens } from '../../../../src/domain/tokens.ts';
import { type Fields, usage } from '../../../fixtures/pi/records.ts';

const sum = { ...noTokens, uncachedInput: 100, cacheRead: 40, output: 10, reasoning: 5 };
const nothing = { ...noTokens, reasoning: null };
const beside = '/srv/2026-05-25T10-00-00-000Z_first/9f31c2aa/run-0/session.jsonl';

describe('the usage with a result of a tool', () => {
  it('is all its own where no sub-agent has a session that is read', () => {
    for (const sessionFile of [
      '/tmp/pi-subagent-session-x/run-0/session.jsonl',
      '/srv/sessions/a.jsonl',
      '',
      7,
    ]) {
      assert.equal(leftOf({ sessionFile, usage: usage(100, 10) }), null);
    }
    assert.equal(leftBySubAgents({ details: 'none' }, sum), null);
    assert.equal(leftBySubAgents({}, sum), null);
  });

  it('is counted in the sessions of its sub-agents, wherever Pi keeps them', () => {
    const files = [
      beside,
      'C:\\pi\\2026-05-25T10-00-00-000Z_first\\9f31c2aa\\run-0\\session.jsonl',
      '/srv/2026-05-25T10-00-00-000Z_first/run/run-0/session/other/run-0/session.jsonl',
      '/home/ann/.pi/agent/sessions/subagent/2026-05-25T10-00-00-000Z_x.jsonl',
    ];
    for (const sessionFile of files) assert.deepEqual(leftOf({ sessionFile }), nothing, sessionFile);
  });

  it('keeps what sub-agents without a session took', () => {
    const left = leftOf({ sessionFile: beside, usage: usage(60, 12, 10) }, { usage: usage(40, 4, 30) });
    assert.deepEqual(left, { ...nothing, uncachedInput: 40, cacheRead: 30 });
    assert.deepEqual(leftOf({ sessionFile: beside, usage: { input: -1 } }, {}), { ...sum, reasoning: null });
  });

  it('is counted in the sessions of a chain that ran in the background, which nothing names', () => {
    const steps = [{ sessionFile: beside, usage: usage(60, 5, 10) }, { usage: usage(40, 5, 30) }];
    assert.deepEqual(leftOfBackground({ mode: 'chain', results: steps }), nothing);
    const unnamed = { results: [{ usage: usage(30, 4) }] };
    assert.equal(leftOfBackground({ mode: 'single', ...unnamed }), null);
    assert.equal(leftOfBackground({ mode: 'workflow', ...unnamed }), null);
    assert.deepEqual(leftOfBackground({ mode: 'chain', ...unnamed }, { mode: 'single', ...unnamed }), {
      ...nothing,
      uncachedInput: 70,
      cacheRead: 40,
      output: 6,
    });
    const elsewhere = { mode: 'chain', results: [{ sessionFile: '/srv/run-0/session.jsonl' }] };
    assert.equal(leftOfBackground(elsewhere), null);
  });

  it('stays unknown where it was', () => {
    const unknown = leftBySubAgents(
      { details: { results: [{ sessionFile: beside }] } },
      { ...sum, output: null },
    );
    assert.deepEqual(unknown, { ...nothing, output: null });
  });
});

function leftOf(...results: readonly Fields[]) {
  return leftBySubAgents({ details: { results } }, sum);
}

function leftOfBackground(...completions: readonly Fields[]) {
  return leftBySubAgents({ details: { mode: 'management', results: [], completions } }, sum);
}
