import { geminiCliReader } from '../../src/agents/gemini/geminiCliReader.ts';
import { geminiCliFixtures } from '../fixtures/gemini-cli/chats.ts';
import { describeReader } from './readerContract.ts';

const names = { tokens: 'input|output|cached|thoughts|tool|total', output: 'output' };

describe('the reader of Gemini CLI', () => describeReader(geminiCliReader, geminiCliFixtures, names));
