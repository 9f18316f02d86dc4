import { ampReader } from '../../src/agents/amp/ampReader.ts';
import { ampFixtures } from '../fixtures/amp/fixtures.ts';
import { describeReader } from './readerContract.ts';

describe('the reader of Amp', () =>
  describeReader(ampReader, ampFixtures, {
    tokens: '\\w*Tokens|input|output',
    output: 'outputTokens|output',
  }));
