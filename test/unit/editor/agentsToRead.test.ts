import assert from 'node:assert/strict';
import { agentIds } from '../../../src/domain/agent.ts';
import { isToRead } from '../../../src/editor/sessions/agentsToRead.ts';

describe('the agents whose logs are read', () => {
  const leftAlone = (ticked: Record<string, unknown>) => agentIds.filter((agent) => !isToRead(agent, ticked));

  it('are all but Cursor, which must be asked for', () => assert.deepEqual(leftAlone({}), ['cursor']));

  it('are those that are ticked', () => {
    assert.deepEqual(leftAlone({ cursor: true, codex: false }), ['codex']);
  });

  it('are the usual ones where a choice is none', () => {
    assert.deepEqual(leftAlone({ cursor: 'yes', codex: null, toString: true }), ['cursor']);
    assert.deepEqual(leftAlone(JSON.parse('{"__proto__":{"codex":false}}')), ['cursor']);
  });
});
