import assert from 'node:assert/strict';
import { kindOf } from '../../../../src/agents/claude/lineKind.ts';
import { toLogLine } from '../../../contract/byteLine.ts';

describe('lines of Claude Code', () => {
  it('are read when they cost, prompt or name', () => {
    const lines = [
      '{"parentUuid":null,"isSidechain":false,"message":{"role":"assistant","content":[]}}',
      '{"parentUuid":null,"cwd":"C:\\\\app \\"x\\"","type":"user","message":{"role":"user","content":"Hi"}}',
      '{ "type": "ai-title", "aiTitle": "x" }',
      '{"type":"system","subtype":"turn_duration"}',
    ];
    for (const line of lines) assert.equal(kind(line), 'other', line);
  });

  it('are passed over undecoded when they tell nothing', () => {
    const lines = [
      '{"parentUuid":null,"isSidechain":false,"attachment":{"type":"date"},"type":"attachment"}',
      '{"type":"file-history-snapshot","snapshot":{}}',
      '{"type":"api-request-blob","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"t"}]}}',
      '{"type":"cost-state","totalCostUSD":1,"modelUsage":{"m":{"inputTokens":5}}}',
      '{"type":"tools-used","tools":["Bash"]}',
    ];
    for (const line of lines) assert.equal(kind(line), 'nothing', line);
  });

  it('are looked at for their results alone, whichever field of a result comes first', () => {
    const opened = '{"type":"user","message":{"content":[ {';
    const id = '"tool_use_id" : "toolu_1"';
    const found = { start: opened.indexOf('"content"'), callId: 'toolu_1' };
    const fields = [`"type":"tool_result",${id},"content": "`, `${id},"type":"tool_result","content":"`];
    for (const field of fields) {
      const textStart = opened.length + field.length;
      assert.deepEqual(kind(`${opened}${field}x"}]}}`), { ...found, textStart });
    }
    assert.deepEqual(kind(`${opened}${id},"content":[]}]}}`), { ...found, textStart: null });
  });

  it('are passed over with usage in them, where they are marked once, and hold no line with usage of its own', () => {
    const marked = '{"isSidechain":false,"attachment":{"usage":{"input_tokens":1}},"type":"attachment"}';
    assert.equal(kind(marked), 'nothing');
    assert.equal(kind(`${marked.slice(0, 60)}{"isSidechain":false,"message":{"usage":{}}}`), 'other');
    assert.equal(kind('{"type":"attachment","text":"…{"isSidechain":false,"message":{"usage":{}}}'), 'other');
  });

  it('are read when in doubt', () => {
    const lines = [
      '{"list":[1],"type":"attachment"}',
      '{"type":"attachment","text":"…{"usage":{}}',
      '{"isSidechain":false,"unheardOf":{},"message":{"usage":{}},"type":"assistant"}',
      'no JSON',
      '{"type":"user","message":{"content":[{"type":"tool_result","content":"x"}]}}',
      '{"type":"user","message":{"content":"[{\\"type\\":\\"tool_result\\",\\"tool_use_id\\":\\"t\\"}]"}}',
    ];
    for (const line of lines) assert.equal(kind(line), 'other', line);
  });
});

function kind(line: string) {
  return kindOf(toLogLine(Buffer.from(line)));
}
