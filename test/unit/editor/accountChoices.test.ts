import assert from 'node:assert/strict';
import { toAccountChoices } from '../../../src/editor/sessions/accountChoices.ts';

describe("what the user says of agents' accounts", () => {
  it('is taken for agents that there are', () => {
    assert.deepEqual(toAccountChoices({ codex: 'plan', aider: 'api', nobody: 'api' }), {
      codex: 'plan',
      aider: 'api',
    });
  });

  it('is left out where it is neither of the two', () => {
    assert.deepEqual(toAccountChoices({ codex: 'both', aider: true, amp: null, pi: ['api'] }), {});
    assert.deepEqual(toAccountChoices({ __proto__: { codex: 'api' } }), {});
  });
});
