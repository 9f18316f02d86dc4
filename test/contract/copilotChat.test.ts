import { copilotChatReader } from '../../src/agents/copilotChat/copilotChatReader.ts';
import { copilotChatFixtures } from '../fixtures/copilot-chat/fixtures.ts';
import { copilotChatSpanFixtures, copilotChatTwice } from '../fixtures/copilot-chat/spans.ts';
import { describeReader } from './readerContract.ts';

describe('the reader of Copilot Chat', () =>
  describeReader(
    copilotChatReader,
    [...copilotChatFixtures, ...copilotChatSpanFixtures, ...copilotChatTwice],
    {
      tokens: '\\w+Tokens',
      output: 'completionTokens|outputTokens',
    },
  ));
