import { copilotChatReader } from '../../src/agents/copilotChat/copilotChatReader.ts';
import { copilotChatFixtures } from '../fixtures/copilot-chat/fixtures.ts';
import { describeReader } from './readerContract.ts';

describe('the reader of Copilot Chat', () =>
  describeReader(copilotChatReader, copilotChatFixtures, {
    tokens: '\\w+Tokens',
    output: 'completionTokens|outputTokens',
  }));
