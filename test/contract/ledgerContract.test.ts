import { claudeCodeReader } from '../../src/agents/claude/claudeCodeReader.ts';
import { codexReader } from '../../src/agents/codex/codexReader.ts';
import { geminiCliReader } from '../../src/agents/gemini/geminiCliReader.ts';
import { openclawReader } from '../../src/agents/openclaw/openclawReader.ts';
import { ompReader, piReader } from '../../src/agents/pi/piReader.ts';
import { qwenCodeReader } from '../../src/agents/qwen/qwenCodeReader.ts';
import { claudeCodeFixtures } from '../fixtures/claude-code/fixtures.ts';
import { codexFixtures } from '../fixtures/codex/fixtures.ts';
import { geminiCliFixtures } from '../fixtures/gemini-cli/chats.ts';
import { openclawDatabaseFixtures, openclawFixtures } from '../fixtures/openclaw/sessions.ts';
import { ompFixtures, piFixtures } from '../fixtures/pi/sessions.ts';
import { earlyQwenCodeFixtures, qwenCodeFixtures, telemetryFixtures } from '../fixtures/qwen-code/chats.ts';
import { describeLedger } from './ledgerContract.ts';

describe('the ledger of Claude Code', () => describeLedger(claudeCodeReader, claudeCodeFixtures));
describe('the ledger of Codex', () => describeLedger(codexReader, codexFixtures));
describe('the ledger of Gemini CLI', () => describeLedger(geminiCliReader, geminiCliFixtures));
describe('the ledger of Qwen Code', () =>
  describeLedger(qwenCodeReader, [...qwenCodeFixtures, ...telemetryFixtures, ...earlyQwenCodeFixtures]));
describe('the ledger of Pi', () => describeLedger(piReader, piFixtures));
describe('the ledger of OMP', () => describeLedger(ompReader, ompFixtures));
describe('the ledger of OpenClaw', () =>
  describeLedger(openclawReader, [...openclawFixtures, ...openclawDatabaseFixtures]));
