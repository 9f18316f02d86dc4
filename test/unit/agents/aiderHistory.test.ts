import assert from 'node:assert/strict';
import { aiderReader } from '../../../src/agents/aider/aiderReader.ts';
import { lines } from '../../contract/fixture.ts';
import { readFiles } from '../../contract/reading.ts';

const receiptsOf = (...messages: readonly string[]) => {
  const history = lines('# aider chat started at 2026-05-26 10:00:00', ...messages);
  return readFiles(aiderReader, [['.aider.chat.history.md', Buffer.from(history)]]).standing();
};

describe('a message in a history of Aider', () => {
  it('is known as it was when its input was taken for more', () => {
    const receipts = receiptsOf(
      '> Model: anthropic/claude-sonnet-4-5 with diff edit format  ',
      '> Tokens: 25k sent, 1.0k cache write, 20k cache hit, 310 received.  ',
      '> Cost: $0.02 message, $0.13 session.  ',
      '> Model: deepseek/deepseek-chat with diff edit format  ',
      '> Tokens: 12k sent, 9.8k cache hit, 1.0k received.  ',
    );
    assert.deepEqual(
      receipts.map(({ id, tokens }) => [id.response.split('/')[2], tokens.uncachedInput]),
      [
        ['24000.20000.1000.310', 3_000],
        ['2200.9800.0.1000', 2_200],
      ],
    );
  });
});
