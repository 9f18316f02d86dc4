import { aiderReader } from '../../src/agents/aider/aiderReader.ts';
import { aiderFixtures } from '../fixtures/aider/fixtures.ts';
import { describeReader } from './readerContract.ts';

describe('the reader of Aider', () =>
  describeReader(aiderReader, aiderFixtures, { tokens: '(?!)', output: null, isProse: true }));
