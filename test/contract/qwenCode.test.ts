import { qwenCodeReader } from '../../src/agents/qwen/qwenCodeReader.ts';
import { earlyQwenCodeFixtures, qwenCodeFixtures } from '../fixtures/qwen-code/chats.ts';
import { describeReader } from './readerContract.ts';

const names = { tokens: '\\w*TokenCount', output: 'candidatesTokenCount' };
const earlyNames = { tokens: 'input|output|cached|thoughts|tool|total', output: 'output' };

describe('the reader of Qwen Code', () => {
  describeReader(qwenCodeReader, qwenCodeFixtures, names);
  describe('of the first versions', () => describeReader(qwenCodeReader, earlyQwenCodeFixtures, earlyNames));
});
