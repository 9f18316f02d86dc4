import { codexReader } from '../../src/agents/codex/codexReader.ts';
import { codexFixtures } from '../fixtures/codex/fixtures.ts';
import { describeReader } from './readerContract.ts';

describe('the reader of Codex', () => describeReader(codexReader, codexFixtures));
