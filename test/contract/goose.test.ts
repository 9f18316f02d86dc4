import { gooseReader } from '../../src/agents/goose/gooseReader.ts';
import { gooseDatabases, gooseFiles } from '../fixtures/goose/fixtures.ts';
import { describeReader } from './readerContract.ts';

describe('the reader of Goose', () => {
  describe('databases', () =>
    describeReader(gooseReader, gooseDatabases, { tokens: '\\w*tokens', output: null }));
  describe('files', () =>
    describeReader(gooseReader, gooseFiles, { tokens: '\\w*tokens', output: 'accumulated_output_tokens' }));
});
