import assert from 'node:assert/strict';
import { runAnswering } from './answers.ts';
import { windowState } from './tokenBurn.ts';

describe('what Copilot Chat can be asked to write down', () => {
  before(windowState);

  for (const command of ['tokenBurn.countCopilotChatExactly', 'tokenBurn.stopCountingCopilotChatExactly']) {
    it(`is nothing where Copilot Chat is not there: ${command}`, async () => {
      const { messages } = await runAnswering(command, { press: 'Change the Setting' });
      assert.equal(messages.length, 1);
      assert.match(messages[0] ?? '', /^Copilot Chat has no setting for that here\./);
    });
  }
});
