import { kiloReader } from '../../src/agents/kilo/kiloReader.ts';
import { rooCodeReader, zooCodeReader } from '../../src/agents/roo/rooReaders.ts';
import { rooFixtures } from '../fixtures/roo/fixtures.ts';
import { describeReader } from './readerContract.ts';

/** Counts stand in a text, where their quotes are escaped. */
const names = { tokens: '(?!)', output: 'tokensOut\\\\' };

describe('the reader of Roo Code', () => describeReader(rooCodeReader, rooFixtures, names));
describe('the reader of Zoo Code', () => describeReader(zooCodeReader, rooFixtures, names));
describe('the reader of old tasks of Kilo Code', () => describeReader(kiloReader, rooFixtures, names));
