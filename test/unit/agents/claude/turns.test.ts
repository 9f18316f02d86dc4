import assert from 'node:assert/strict';
import { isTurnOpenAfter } from '../../../../src/agents/claude/turns.ts';

describe('a turn of Claude Code', () => {
  it('opens with a prompt, a notice to the model, or a tool call', () => {
    assert.equal(afterUser('Fix it'), true);
    assert.equal(afterUser([{ type: 'text', text: 'Fix it' }]), true);
    assert.equal(afterUser('<task-notification>done</task-notification>'), true);
    assert.equal(afterAssistant('tool_use'), true);
    assert.equal(afterAssistant('pause_turn'), true);
    assert.equal(afterAssistant(null, [{ type: 'tool_use', name: 'Read' }]), true);
  });

  it('closes with the last block of an answer, an interrupt, or the note of its length', () => {
    for (const reason of ['end_turn', 'stop_sequence', 'max_tokens', 'refusal']) {
      assert.equal(afterAssistant(reason), false, reason);
    }
    assert.equal(afterUser([{ type: 'text', text: '[Request interrupted by user for tool use]' }]), false);
    assert.equal(isTurnOpenAfter({ subtype: 'turn_duration' }, 'system'), false);
  });

  it('is left as it is by local commands, remarks and unfinished blocks', () => {
    assert.equal(afterUser('<command-name>/clear</command-name>'), undefined);
    assert.equal(afterUser('<local-command-stdout></local-command-stdout>'), undefined);
    assert.equal(isTurnOpenAfter({ isMeta: true, message: { content: 'x' } }, 'user'), undefined);
    assert.equal(afterUser([{ type: 'tool_result', content: 'ok' }]), undefined);
    assert.equal(afterAssistant(null, [{ type: 'text', text: 'Let me' }]), undefined);
    assert.equal(isTurnOpenAfter({ subtype: 'local_command' }, 'system'), undefined);
    assert.equal(isTurnOpenAfter({}, 'summary'), undefined);
  });
});

function afterUser(content: unknown) {
  return isTurnOpenAfter({ message: { role: 'user', content } }, 'user');
}

function afterAssistant(reason: string | null, content: readonly object[] = []) {
  return isTurnOpenAfter({ message: { stop_reason: reason, content } }, 'assistant');
}
