import { openclawReader } from '../../src/agents/openclaw/openclawReader.ts';
import { openclawDatabaseFixtures, openclawFixtures } from '../fixtures/openclaw/sessions.ts';
import { describeReader } from './readerContract.ts';

const names = { tokens: 'input|output|cacheRead|cacheWrite|totalTokens', output: 'output' };

describe('the reader of OpenClaw', () => {
  describeReader(openclawReader, openclawFixtures, names);
  describe('with databases and cold storage', () =>
    describeReader(openclawReader, openclawDatabaseFixtures, { ...names, output: null }));
});
