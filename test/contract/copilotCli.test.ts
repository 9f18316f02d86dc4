import { copilotCliReader } from '../../src/agents/copilotCli/copilotCliReader.ts';
import { copilotCliFixtures, copilotCliOthers } from '../fixtures/copilot-cli/fixtures.ts';
import { describeReader } from './readerContract.ts';

const tokens = '\\w*[tT]okens';

describe('the reader of Copilot CLI', () => {
  describeReader(copilotCliReader, copilotCliFixtures, { tokens, output: 'outputTokens' });
  describe('counts under other names', () =>
    describeReader(copilotCliReader, copilotCliOthers, { tokens, output: null }));
});
