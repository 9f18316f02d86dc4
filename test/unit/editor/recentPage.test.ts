import assert from 'node:assert/strict';
import { toRecent } from '../../../src/editor/sessions/recentPage.ts';
import { sessionNode } from './sessionNode.ts';

describe('toRecent', () => {
  const now = 1_790_000_000_000;

  it('moves all times by the same span, so that the newest is two minutes old', () => {
    const subAgents = [sessionNode({ key: 'c', startedMs: 500, lastMs: 900 })];
    const sessions = [
      sessionNode({ key: 'a', startedMs: 400, lastMs: 1000, subAgents }),
      sessionNode({ key: 'b', startedMs: 100, lastMs: 200 }),
    ];
    const [a, b] = toRecent({ sessions, totalSessions: 2, plan: [] }, now).sessions;
    const newest = now - 120_000;
    assert.deepEqual([a?.startedMs, a?.lastMs], [newest - 600, newest]);
    assert.deepEqual([b?.startedMs, b?.lastMs], [newest - 900, newest - 800]);
    assert.deepEqual([a?.subAgents[0]?.startedMs, a?.subAgents[0]?.lastMs], [newest - 500, newest - 100]);
  });

  it('leaves an empty page empty', () => {
    assert.deepEqual(toRecent({ sessions: [], totalSessions: 0, plan: [] }, now), {
      sessions: [],
      totalSessions: 0,
      plan: [],
    });
  });
});
