import { claudeCodeReader } from '../../src/agents/claude/claudeCodeReader.ts';
import { codexReader } from '../../src/agents/codex/codexReader.ts';
import { geminiCliReader } from '../../src/agents/gemini/geminiCliReader.ts';
import { qwenCodeReader } from '../../src/agents/qwen/qwenCodeReader.ts';
import { claudeCodeFixtures } from '../fixtures/claude-code/fixtures.ts';
import { codexFixtures } from '../fixtures/codex/fixtures.ts';
import { geminiCliFixtures } from '../fixtures/gemini-cli/chats.ts';
import { earlyQwenCodeFixtures, qwenCodeFixtures } from '../fixtures/qwen-code/chats.ts';
import { describeLedger } from './ledgerContract.ts';

describe('the ledger of Claude Code', () => describeLedger(claudeCodeReader, claudeCodeFixtures));
describe('the ledger of Codex', () => describeLedger(codexReader, codexFixtures));
describe('the ledger of Gemini CLI', () => describeLedger(geminiCliReader, geminiCliFixtures));
describe('the ledger of Qwen Code', () =>
  describeLedger(qwenCodeReader, [...qwenCodeFixtures, ...earlyQwenCodeFixtures]));
