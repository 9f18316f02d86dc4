import { claudeCodeReader } from '../../src/agents/claude/claudeCodeReader.ts';
import { claudeCodeFixtures } from '../fixtures/claude-code/fixtures.ts';
import { describeReader } from './readerContract.ts';

describe('the reader of Claude Code', () => describeReader(claudeCodeReader, claudeCodeFixtures));
