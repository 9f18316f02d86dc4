import { ompReader, piReader } from '../../src/agents/pi/piReader.ts';
import { ompFixtures, piFixtures } from '../fixtures/pi/sessions.ts';
import { describeReader } from './readerContract.ts';

const names = {
  tokens: 'input|output|cacheRead|cacheWrite(?:1h)?|totalTokens|reasoning|ephemeral\\w+|web\\w+',
  output: 'output',
};

describe('the reader of Pi', () => describeReader(piReader, piFixtures, names));
describe('the reader of OMP', () => describeReader(ompReader, ompFixtures, names));
