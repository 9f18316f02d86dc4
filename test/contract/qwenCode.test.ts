import { qwenCodeReader } from '../../src/agents/qwen/qwenCodeReader.ts';
import {
  earlyQwenCodeFixtures,
  qwenCodeFixtures,
  qwenCodeTelemetryFixtures,
} from '../fixtures/qwen-code/chats.ts';
import { describeReader } from './readerContract.ts';

const names = { tokens: '\\w*TokenCount', output: 'candidatesTokenCount' };
const bothNames = { tokens: '\\w*TokenCount|\\w*_token_count', output: null };
const earlyNames = { tokens: 'input|output|cached|thoughts|tool|total', output: 'output' };

describe('the reader of Qwen Code', () => {
  describeReader(qwenCodeReader, qwenCodeFixtures, names);
  describe('with telemetry', () => describeReader(qwenCodeReader, qwenCodeTelemetryFixtures, bothNames));
  describe('of the first versions', () => describeReader(qwenCodeReader, earlyQwenCodeFixtures, earlyNames));
});
