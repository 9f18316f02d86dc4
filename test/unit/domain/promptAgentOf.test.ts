import assert from 'node:assert/strict';
import { agentIds } from '../../../src/domain/agent.ts';
import { promptAgentOf } from '../../../src/domain/promptAgent.ts';

describe('the agent that prompts are counted for', () => {
  it('is the agent that left the log, where it is known what that one sends', () => {
    assert.equal(promptAgentOf('claude-code'), 'claude-code');
    assert.equal(promptAgentOf('codex'), 'codex');
    assert.equal(promptAgentOf('cline'), 'cline');
  });

  it('is Copilot for both places in which that runs', () => {
    assert.equal(promptAgentOf('copilot-cli'), 'copilot');
    assert.equal(promptAgentOf('copilot-chat'), 'copilot');
  });

  it('is nobody for the others', () => {
    const others = agentIds.filter((agent) => promptAgentOf(agent) === undefined);
    assert.ok(others.includes('goose') && others.includes('amp'));
  });
});
