import assert from 'node:assert/strict';
import { isWanted } from '../../../../src/agents/claude/lineKind.ts';
import { toLogLine } from '../../../contract/byteLine.ts';

describe('lines of Claude Code', () => {
  it('are wanted when they cost, prompt or name', () => {
    const lines = [
      '{"parentUuid":null,"isSidechain":false,"message":{"role":"assistant","content":[]}}',
      '{"parentUuid":null,"cwd":"C:\\\\app \\"x\\"","type":"user","message":{"role":"user","content":"Hi"}}',
      '{ "type": "ai-title", "aiTitle": "x" }',
      '{"type":"system","subtype":"turn_duration"}',
    ];
    for (const line of lines) assert.ok(wanted(line), line);
  });

  it('are passed over undecoded when they tell nothing', () => {
    const lines = [
      '{"parentUuid":null,"isSidechain":false,"attachment":{"type":"date"},"type":"attachment"}',
      '{"type":"file-history-snapshot","snapshot":{}}',
      '{"parentUuid":"a","type":"user","message":{"content":[{"type":"tool_result","tool_use_id":"toolu_1"}]}}',
    ];
    for (const line of lines) assert.ok(!wanted(line), line);
  });

  it('are wanted as the result of an awaited call', () => {
    const line = '{"type":"user","message":{"content":[{"type":"tool_result","tool_use_id":"toolu_1"}]}}';
    assert.ok(wanted(line, ['toolu_1']));
    assert.ok(!wanted(line, ['toolu_2']));
  });

  it('are wanted when in doubt', () => {
    assert.ok(wanted('{"list":[1],"type":"attachment"}'));
    assert.ok(wanted('{"type":"attachment","text":"…{"usage":{}}'));
    assert.ok(wanted('no JSON'));
    assert.ok(wanted('{"type":"user","message":{"content":[{"type":"tool_result","content":"x"}]}}'));
  });
});

function wanted(line: string, awaited: readonly string[] = []): boolean {
  return isWanted(toLogLine(Buffer.from(line)), (id) => awaited.includes(id));
}
