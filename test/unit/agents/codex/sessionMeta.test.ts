import assert from 'node:assert/strict';
import { originOf, threadFacts } from '../../../../src/agents/codex/sessionMeta.ts';

describe('the origin of a thread', () => {
  it('is a copy when forked, unless it refers to the history of its parent', () => {
    assert.deepEqual(originOf({ forked_from_id: 'p' }, 't', 7), {
      threadId: 't',
      parent: 'p',
      hasCopy: true,
      ownFromOrdinal: null,
      bornMs: 7,
    });
    assert.equal(
      originOf({ forked_from_id: 'p', history_base: { thread_id: 'p' } }, 't', null).hasCopy,
      false,
    );
    assert.equal(originOf({ parent_thread_id: 'p' }, 't', null).hasCopy, false);
    assert.equal(
      originOf({ parent_thread_id: 'p', subagent_history_start_ordinal: 19 }, 't', null).hasCopy,
      true,
    );
  });

  it('makes a sub-agent of a thread that another one started, not of a fork by the user', () => {
    assert.equal(parentKey({ forked_from_id: 'p', source: 'cli', thread_source: 'user' }), undefined);
    assert.equal(parentKey({ parent_thread_id: 'p' }), 'p');
    assert.equal(parentKey({ source: { subagent: { thread_spawn: { parent_thread_id: 'p' } } } }), 'p');
    assert.equal(parentKey({ source: { subagent: 'review' }, session_id: 'root' }), 'root');
    assert.equal(parentKey({ thread_source: 'guardian_review', session_id: 'root' }), 'root');
    assert.equal(parentKey({ source: { subagent: 'review' }, session_id: 't' }), undefined);
  });

  it('names a sub-agent by its kind, its role or its nickname', () => {
    const spawned = (thread_spawn: object) =>
      threadFacts({ source: { subagent: { thread_spawn } } }, 't', null).role;
    assert.equal(threadFacts({ source: { subagent: 'review' } }, 't', null).role, 'review');
    assert.equal(spawned({ agent_role: 'worker', agent_nickname: 'Ada' }), 'worker');
    assert.equal(spawned({ agent_role: null, agent_nickname: 'Ada' }), 'Ada');
    assert.equal(spawned({}), undefined);
  });
});

function parentKey(meta: object) {
  return threadFacts({ ...meta }, 't', null).parentKey;
}
