import assert from 'node:assert/strict';
import { heldBack } from '../../../../src/editor/budget/heldBack.ts';
import { sessionNode } from '../sessionNode.ts';
import { budgetOf, sessionBudget, standingOf } from './standing.ts';

describe('sessions to release', () => {
  const over = standingOf({ budget: sessionBudget, level: 'over' });
  const sessions = [
    sessionNode({ key: 'free' }),
    sessionNode({ key: 'over', budget: over }),
    sessionNode({ key: 'stopped', stop: { atMs: 1, isHeld: true } }),
  ];
  const keys = (...standings: ReturnType<typeof standingOf>[]) =>
    heldBack(sessions, standings).map(({ key }) => key);

  it('are those that were stopped or are over their own budget', () => {
    const session = { agent: 'claude-code', key: 'over' } as const;
    assert.deepEqual(keys(standingOf(), { ...over, session }), ['over', 'stopped']);
  });

  it('are all where a budget over a time is spent that stops', () => {
    assert.deepEqual(keys(standingOf({ level: 'over' })), ['free', 'over', 'stopped']);
    for (const rule of [{ stops: false }, { isPaused: true }]) {
      assert.deepEqual(keys(standingOf({ budget: budgetOf(rule), level: 'over' })), ['over', 'stopped']);
    }
  });
});
