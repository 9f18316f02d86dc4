import { clineReader } from '../../src/agents/cline/clineReader.ts';
import { clineFixtures } from '../fixtures/cline/fixtures.ts';
import { describeReader } from './readerContract.ts';

/** Counts of tasks stand in a text, where their quotes are escaped. */
describe('the reader of Cline', () =>
  describeReader(clineReader, clineFixtures, {
    tokens: '(?:input|output|cacheRead|cacheWrite)Tokens',
    output: 'outputTokens|tokensOut\\\\',
  }));
