import { kiloReader } from '../../src/agents/kilo/kiloReader.ts';
import { kiloFixtures } from '../fixtures/kilo/fixtures.ts';
import { opencodeNames } from '../fixtures/opencode/names.ts';
import { describeReader } from './readerContract.ts';

describe('the reader of Kilo Code', () => describeReader(kiloReader, kiloFixtures, opencodeNames));
