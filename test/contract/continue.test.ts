import { continueReader } from '../../src/agents/continue/continueReader.ts';
import { continueFixtures } from '../fixtures/continue/fixtures.ts';
import { describeReader } from './readerContract.ts';

describe('the reader of Continue', () =>
  describeReader(continueReader, continueFixtures, {
    tokens: 'promptTokens|generatedTokens|completionTokens|cachedTokens|cacheWriteTokens',
    output: 'generatedTokens|completionTokens',
  }));
