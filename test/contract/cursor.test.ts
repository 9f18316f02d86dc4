import { cursorReader } from '../../src/agents/cursor/cursorReader.ts';
import { cursorFixtures } from '../fixtures/cursor/fixtures.ts';
import { describeReader } from './readerContract.ts';

describe('the reader of Cursor', () =>
  describeReader(cursorReader, cursorFixtures, { tokens: '(?!)', output: null }));
