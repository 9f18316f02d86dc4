import { opencodeReader } from '../../src/agents/opencode/opencodeReader.ts';
import { opencodeFixtures, opencodeSums } from '../fixtures/opencode/fixtures.ts';
import { opencodeNames } from '../fixtures/opencode/names.ts';
import { describeReader } from './readerContract.ts';

describe('the reader of OpenCode', () => {
  describeReader(opencodeReader, opencodeFixtures, opencodeNames);
  describe('sums', () => describeReader(opencodeReader, opencodeSums, { ...opencodeNames, output: null }));
});
