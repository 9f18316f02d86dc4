import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bareLine, type ReadLine, wholeLine } from '../../../../src/agents/claude/bareLine.ts';
import { type LogRecord, recordOf, recordsOf } from '../../../../src/agents/fields.ts';
import { writeClaudeLogs } from '../../../bench/claudeLogs.ts';
import { completeLines, toLogLine } from '../../../contract/byteLine.ts';
import { claudeCodeFixtures } from '../../../fixtures/claude-code/fixtures.ts';
import { withTemporaryFolder } from '../../../harness/isolation.ts';

describe('a response of Claude Code without what the model wrote', () => {
  it('is all else on the line', () => {
    const bare = bareLine(logged({ content: [{ type: 'text', text: 'said "content":[ and },{ \u6f22' }] }));
    assert.deepEqual(bare?.record, JSON.parse(lineOf({ content: [] })));
    assert.equal(bare?.input, null);
  });

  it('keeps a call, and gives its input as logged', () => {
    const input = { file: 'a "quoted" name }]}', more: [{ type: 'text' }], empty: {} };
    for (const caller of [{}, { caller: { type: 'direct' } }]) {
      const call = { type: 'tool_use', id: 'toolu_1', name: 'Edit', input, ...caller };
      const bare = bareLine(logged({ content: [call] }));
      assert.deepEqual(bare?.record, JSON.parse(lineOf({ content: [{ ...call, input: {} }] })));
      assert.equal(String(Buffer.from(bare?.input ?? [])), JSON.stringify(input));
    }
  });

  it('is not to be had where something else would be lost', () => {
    const call = { type: 'tool_use', id: 'toolu_1', name: 'Edit', input: {} };
    const text = { type: 'text', text: 'said' };
    const whole: Readonly<Record<string, string>> = {
      'two calls': lineOf({ content: [call, call] }),
      'a call after a text': lineOf({ content: [text, call] }),
      'a field after the input': lineOf({ content: [{ ...call, input: { a: 1 }, seen: 1 }] }),
      'no id': lineOf({ content: [text], id: undefined }),
      'no model': lineOf({ content: [text], model: undefined }),
      'no usage': lineOf({ content: [text] }).replace(/,"usage":\{[^}]*\}/, ''),
      'usage among what was taken out': lineOf({ content: [text] })
        .replace('],"stop_reason"', '],"usage":{"output_tokens":9},"iterations":[],"stop_reason"')
        .replace(/,"usage":\{"input_tokens[^}]*\}/, ''),
      'no mark of side chains': lineOf({ content: [text] }).replace('"isSidechain":false,', ''),
      'a line that another follows without a break': torn(lineOf({ content: [text] })),
      'another content': `{"isSidechain":false,"data":${lineOf({ content: [text] })}}`,
      'no JSON': `${lineOf({ content: [text] })}}`,
    };
    for (const [name, line] of Object.entries(whole)) {
      assert.equal(bareLine(toLogLine(Buffer.from(line))), null, name);
    }
  });

  it('tells the same as the whole line, in all logs at hand', async () => {
    const told = new Map<string, number>();
    for (const file of [...fixtureFiles(), ...(await generatedFiles())]) {
      for (const line of completeLines(file).map(toLogLine)) {
        const bare = bareLine(line);
        if (bare === null) continue;
        const whole = wholeLine(line);
        assert.deepEqual(bare.record, withoutContent(whole?.record ?? {}, bare));
        const kind = bare.input === null ? 'texts' : 'calls';
        told.set(kind, (told.get(kind) ?? 0) + 1);
      }
    }
    assert.ok(Number(told.get('texts')) > 100 && Number(told.get('calls')) > 100, String([...told]));
  });
});

function lineOf(message: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({
    parentUuid: null,
    isSidechain: false,
    message: {
      id: 'msg_1',
      model: 'claude',
      content: [],
      stop_reason: null,
      usage: { input_tokens: 1, output_tokens: 2 },
      ...message,
    },
    type: 'assistant',
  });
}

function logged(message: Readonly<Record<string, unknown>>) {
  return toLogLine(Buffer.from(lineOf(message)));
}

/** Half of a line with the next one behind it. */
function torn(line: string): string {
  return line.slice(0, line.indexOf('said') + 2) + line;
}

/** What a bare line should have kept of a record. */
function withoutContent(record: LogRecord, { input }: ReadLine): unknown {
  const message = recordOf(record, 'message') ?? {};
  const [call] = recordsOf(message, 'content');
  if (input !== null) assert.equal(String(Buffer.from(input)), JSON.stringify(call?.input));
  return { ...record, message: { ...message, content: input === null ? [] : [{ ...call, input: {} }] } };
}

function fixtureFiles(): readonly Buffer[] {
  return claudeCodeFixtures.flatMap(({ files }) =>
    Object.values(files).map((text) => Buffer.from(typeof text === 'string' ? text : '')),
  );
}

function generatedFiles(): Promise<readonly Buffer[]> {
  return withTemporaryFolder(async (folder) => {
    await writeClaudeLogs(folder, 2, 7);
    return globSync('projects/**/*.jsonl', { cwd: folder }).map((file) => readFileSync(join(folder, file)));
  });
}
