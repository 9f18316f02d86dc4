import assert from 'node:assert/strict';
import { codexConversations } from '../../../../src/agents/codex/conversation.ts';
import type { Passage } from '../../../../src/domain/conversation.ts';
import { type Fields, idAt, line, meta, record, turn } from '../../../fixtures/codex/records.ts';

const time = '12:00:00.000';
const thread = idAt(time);

function read(...records: readonly Fields[]): readonly Passage[] {
  const conversation = codexConversations.open();
  return records.flatMap((entry) => conversation.read(JSON.stringify(entry)));
}

const item = (payload: Fields) => line(time, 'response_item', payload);
const message = (role: string, text: string) =>
  item({ type: 'message', role, content: [{ type: 'input_text', text }] });

function outline(passages: readonly Passage[]): string[] {
  return passages.map((passage) => {
    if (passage.kind === 'text') return `${passage.author}: ${passage.text}`;
    return passage.kind === 'gap' ? 'gap' : `reply ${passage.promptTokens}+${passage.outputTokens}`;
  });
}

describe('what a rollout shows of its prompts', () => {
  it('is what the person wrote and what tools returned, apart from what Codex adds itself', () => {
    const passages = read(
      meta(time, thread),
      ...turn(time, 't', 'gpt-5.5'),
      message('developer', 'Rules'),
      message('user', '<environment_context>here</environment_context>'),
      message('user', '# AGENTS.md instructions'),
      message('user', 'Hi'),
      message('assistant', 'Yes?'),
      item({ type: 'function_call', name: 'exec_command', arguments: '{}' }),
      record(time, thread, 't', 'resp-1', [10_000, 8_000, 300, 20]),
      item({ type: 'function_call_output', output: 'done' }),
      record(time, thread, 't', 'resp-2', [10_400, 8_000, 30]),
    );
    assert.deepEqual(outline(passages), [
      'agent: Rules',
      'agent: <environment_context>here</environment_context>',
      'conversation: # AGENTS.md instructions',
      'conversation: Hi',
      'reply 10000+300',
      'conversation: done',
      'reply 10400+30',
    ]);
    const [first] = passages.filter(({ kind }) => kind === 'reply');
    assert.ok(first?.kind === 'reply');
    assert.deepEqual(first.id, { response: 'resp-1', request: '' });
    assert.equal(first.model, 'gpt-5.5');
    assert.equal(first.projectPath, '/home/ann/app');
  });

  it('has a gap where a thread goes on with what another was sent', () => {
    for (const origin of [
      { forked_from_id: 'f' },
      { parent_thread_id: 'p' },
      { thread_source: 'subagent' },
    ]) {
      assert.deepEqual(outline(read(meta(time, thread, origin))), ['gap']);
    }
    assert.deepEqual(outline(read(meta(time, thread), meta(time, idAt(time, 2)))), ['gap']);
    const foreign = record(time, idAt(time, 2), 't', 'resp-1', [10, 0, 1]);
    assert.deepEqual(outline(read(meta(time, thread), foreign)), ['gap']);
  });

  it('has a gap for a compaction, an image, an item not known and a line that is torn', () => {
    const image = item({ type: 'message', role: 'user', content: [{ type: 'input_image' }] });
    const output = item({ type: 'function_call_output', output: { content: 'x' } });
    for (const odd of [line(time, 'compacted', {}), image, output, item({ type: 'something_new' })]) {
      assert.deepEqual(outline(read(odd)), ['gap']);
    }
    assert.deepEqual(codexConversations.open().read('{"type":"resp'), [{ kind: 'gap' }]);
  });
});
