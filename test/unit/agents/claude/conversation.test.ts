import assert from 'node:assert/strict';
import { claudeConversations } from '../../../../src/agents/claude/conversation.ts';
import type { Passage } from '../../../../src/domain/conversation.ts';
import { conversationRecords } from '../../../fixtures/claude-code/conversation.ts';
import { type Fields, recordsOf, toolResult, toolUse, usage } from '../../../fixtures/claude-code/records.ts';

const { user, assistant } = recordsOf('s');

/** Gives each record the one before as its parent, unless it names one itself. */
function chain(...records: readonly Fields[]): Fields[] {
  return records.map((record, index) => ({
    ...record,
    parentUuid: record.parentUuid ?? records[index - 1]?.uuid ?? null,
  }));
}

/** Of a version that logs what it sent of each attachment. */
function read(records: readonly Fields[]): readonly Passage[] {
  const [, ...passages] = readOlder([skills, ...records]);
  return passages;
}

const skills: Fields = {
  type: 'attachment',
  attachment: { type: 'skill_listing' },
  rendered: [{ content: 'skills' }],
};

/** Of a version that may not. */
function readOlder(records: readonly Fields[]): readonly Passage[] {
  const conversation = claudeConversations.open();
  return records.flatMap((record) => conversation.read(JSON.stringify(record)));
}

/** Each passage in a word. */
function outline(passages: readonly Passage[]): string[] {
  return passages.map((passage) => {
    if (passage.kind === 'text') return `${passage.author}: ${passage.text}`;
    return passage.kind === 'gap' ? 'gap' : `reply ${passage.promptTokens}+${passage.outputTokens}`;
  });
}

const reply = (uuid: string, message: Fields = {}, used = usage(10, 200, 3_000, 40)) =>
  assistant(uuid, '12:00:01', [`m-${uuid}`, `r-${uuid}`], used, message);
const attachment = (uuid: string, content: Fields, rendered?: readonly Fields[]): Fields => ({
  ...user(uuid, '12:00:00', ''),
  message: undefined,
  type: 'attachment',
  attachment: content,
  ...(rendered && { rendered }),
});

describe('what a transcript shows of its prompts', () => {
  it('is what the person wrote, what tools returned, and what each response was billed for', () => {
    const addition = { text: 'two tests failed', billedTokens: 9 };
    const passages = read(
      conversationRecords({ sessionId: 's', prompt: 'Hi', firstPromptTokens: 900, additions: [addition] }),
    );
    assert.deepEqual(outline(passages), [
      'conversation: Hi',
      'agent: Skills: none.',
      'reply 900+40',
      'conversation: two tests failed',
      'reply 949+40',
    ]);
    assert.deepEqual(passages[2], {
      kind: 'reply',
      id: { response: 'msg-s-r0', request: 'req-s-r0' },
      model: 'claude-sonnet-5-5',
      atMs: Date.UTC(2026, 7, 19, 12, 0, 1),
      projectPath: '/home/ann/app',
      promptTokens: 900,
      outputTokens: 40,
    });
  });

  it('is what was sent of attachments, instruction files apart from what the agent adds itself', () => {
    const records = chain(
      user('u', '12:00:00', 'Hi'),
      attachment('a', { type: 'skill_listing' }, [{ content: 'skills' }]),
      attachment('b', { type: 'instructions' }, [{ content: [{ type: 'text', text: 'Be brief' }] }]),
      attachment('c', { type: 'anything_new' }),
      reply('r'),
    );
    const sent = ['conversation: Hi', 'agent: skills', 'conversation: Be brief', 'reply 3210+40'];
    assert.deepEqual(outline(read(records)), sent);
  });

  it('has a gap before the first reply of a version that may not log its instruction files', () => {
    const passages = readOlder(
      chain(user('u', '12:00:00', 'Hi'), reply('a'), user('v', '12:00:02', 'Go on'), reply('b')),
    );
    assert.deepEqual(outline(passages).slice(0, 3), ['conversation: Hi', 'gap', 'reply 3210+40']);
    assert.equal(outline(passages).filter((word) => word === 'gap').length, 1);
  });

  it('has a gap where a version does not log what an attachment sent', () => {
    const records = chain(
      user('u', '12:00:00', 'Hi'),
      attachment('a', { type: 'task_reminder' }),
      reply('r'),
    );
    assert.deepEqual(outline(readOlder(records)), ['conversation: Hi', 'gap', 'gap', 'reply 3210+40']);
    const queued = attachment('a', { type: 'queued_command', prompt: 'And tests' });
    const told = ['gap', 'reply 3210+40', 'conversation: And tests'];
    assert.deepEqual(outline(readOlder(chain(reply('r'), queued))), told);
    assert.deepEqual(outline(read(chain(attachment('a', { type: 'prompt_snapshot' })))), []);
  });

  it('has a gap where an image, a compaction or a web search comes in', () => {
    const image = toolResult('t', 'x').map((result) => ({ ...result, content: [{ type: 'image' }] }));
    assert.deepEqual(outline(read([user('u', '12:00:00', image)])), ['gap']);
    const boundary = { type: 'system', subtype: 'compact_boundary', uuid: 'b', isSidechain: false };
    assert.deepEqual(outline(read([boundary])), ['gap']);
    assert.deepEqual(outline(read([user('u', '12:00:00', 'So far', { isCompactSummary: true })])), ['gap']);
    const searched = reply('r', { content: [{ type: 'web_search_tool_result' }] });
    assert.deepEqual(outline(read([searched])), ['reply 3210+40', 'gap']);
  });

  it('has a gap where the person went back to an earlier line, and where a side chain begins and ends', () => {
    const rewound = chain(user('u', '12:00:00', 'Hi'), reply('r'), {
      ...user('v', '12:00:03', 'No'),
      parentUuid: 'elsewhere',
    });
    assert.deepEqual(outline(read(rewound)).slice(-2), ['gap', 'conversation: No']);
    const aside = (record: Fields): Fields => ({ ...record, isSidechain: true });
    const sides = chain(reply('r'), aside(user('u', '12:00:02', 'Look')), aside(reply('q')), reply('p'));
    const replied = 'reply 3210+40';
    const expected = [replied, 'gap', 'conversation: Look', replied, 'gap', replied];
    assert.deepEqual(outline(read(sides)), expected);
  });

  it('has a gap where a person speaks after thoughts, which not every model is sent again', () => {
    const thought = toolUse('t', 'Bash', {});
    const thinking = {
      ...thought,
      content: [{ type: 'thinking', thinking: '' }, ...(thought.content as Fields[])],
    };
    const result = user('t', '12:00:02', toolResult('t', 'done'));
    const spoken = user('u', '12:00:03', 'Go on');
    const records = chain(reply('r', thinking), result, reply('q'), spoken, reply('p'));
    const said = outline(read(records)).filter((passage) => !passage.startsWith('reply'));
    assert.deepEqual(said, ['conversation: done', 'gap', 'conversation: Go on']);
  });

  it('has a gap where a response was not billed, or not as the log should tell', () => {
    const unknown = { ...usage(1, 0, 0, 1), cache_read_input_tokens: null };
    const parts = [usage(4, 0, 1_400, 10), usage(6, 200, 1_600, 30)];
    const iterations = parts.map((part) => ({ type: 'message', ...part }));
    const several = usage(10, 200, 3_000, 40, { iterations });
    for (const odd of [
      reply('r', { model: '<synthetic>' }),
      reply('r', {}, unknown),
      reply('r', {}, several),
    ]) {
      assert.deepEqual(outline(read([odd])), ['gap']);
    }
  });

  it('has a gap for a line that is torn or no record', () => {
    const conversation = claudeConversations.open();
    for (const line of ['', '{"type":"user","mess', '[]', 'null', '{"type":"user"}', '\u0000']) {
      assert.deepEqual(conversation.read(line), [{ kind: 'gap' }], line);
    }
    const inner = Array.from({ length: 20_000 }).reduce(
      (nested: string) => `[{"type":"tool_result","content":${nested}}]`,
      '"x"',
    );
    const deep = `{"type":"user","message":{"content":${inner}}}`;
    assert.deepEqual(conversation.read(deep), [{ kind: 'gap' }]);
    const hostile = '{"__proto__":{"type":"user"},"type":"attachment","attachment":7,"rendered":"x"}';
    assert.deepEqual(conversation.read(hostile), [{ kind: 'gap' }]);
  });
});
