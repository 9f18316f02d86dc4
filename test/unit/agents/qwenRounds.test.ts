import assert from 'node:assert/strict';
import { ChatParser } from '../../../src/agents/qwen/chatParser.ts';
import { toLogLine } from '../../contract/byteLine.ts';
import { Reading } from '../../contract/reading.ts';

const reply = (agentId: string, second: number) => ({
  type: 'assistant',
  uuid: `u${second}`,
  sessionId: 's',
  isSidechain: true,
  agentId,
  timestamp: `2026-08-19T10:00:0${second}.000Z`,
  usageMetadata: { promptTokenCount: 400, candidatesTokenCount: 10, totalTokenCount: 410 },
});

function receiptsOf(...records: readonly object[]): number {
  const reading = new Reading();
  const parser = new ChatParser('agent-a');
  for (const record of records)
    parser.read(toLogLine(Buffer.from(JSON.stringify(record))), reading.sinkOf(0));
  return reading.receipts.size;
}

describe('the rounds of a sub-agent of Qwen Code', () => {
  it('go on behind a stray line of another session', () => {
    const stray = { type: 'assistant', sessionId: 'elsewhere', timestamp: '2026-08-19T10:00:02.000Z' };
    assert.equal(receiptsOf(reply('a', 1), stray, reply('a', 3)), 2);
  });

  it('are each sub-agent’s own', () => {
    assert.equal(receiptsOf(reply('a', 1), reply('b', 2), reply('b', 3)), 3);
  });
});
