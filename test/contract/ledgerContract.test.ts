import { claudeCodeReader } from '../../src/agents/claude/claudeCodeReader.ts';
import { codexReader } from '../../src/agents/codex/codexReader.ts';
import { copilotCliReader } from '../../src/agents/copilotCli/copilotCliReader.ts';
import { geminiCliReader } from '../../src/agents/gemini/geminiCliReader.ts';
import { gooseReader } from '../../src/agents/goose/gooseReader.ts';
import { kiloReader } from '../../src/agents/kilo/kiloReader.ts';
import { openclawReader } from '../../src/agents/openclaw/openclawReader.ts';
import { opencodeReader } from '../../src/agents/opencode/opencodeReader.ts';
import { ompReader, piReader } from '../../src/agents/pi/piReader.ts';
import { qwenCodeReader } from '../../src/agents/qwen/qwenCodeReader.ts';
import { claudeCodeFixtures } from '../fixtures/claude-code/fixtures.ts';
import { codexFixtures } from '../fixtures/codex/fixtures.ts';
import { copilotCliFixtures, copilotCliOthers } from '../fixtures/copilot-cli/fixtures.ts';
import { geminiCliFixtures } from '../fixtures/gemini-cli/chats.ts';
import { gooseDatabases, gooseFiles } from '../fixtures/goose/fixtures.ts';
import { kiloFixtures } from '../fixtures/kilo/fixtures.ts';
import { openclawDatabaseFixtures, openclawFixtures } from '../fixtures/openclaw/sessions.ts';
import { opencodeFixtures, opencodeSums } from '../fixtures/opencode/fixtures.ts';
import { ompFixtures, piFixtures } from '../fixtures/pi/sessions.ts';
import { earlyQwenCodeFixtures, qwenCodeFixtures, telemetryFixtures } from '../fixtures/qwen-code/chats.ts';
import { describeLedger } from './ledgerContract.ts';

describe('the ledger of Claude Code', () => describeLedger(claudeCodeReader, claudeCodeFixtures));
describe('the ledger of Codex', () => describeLedger(codexReader, codexFixtures));
describe('the ledger of OpenCode', () =>
  describeLedger(opencodeReader, [...opencodeFixtures, ...opencodeSums]));
describe('the ledger of Kilo Code', () => describeLedger(kiloReader, kiloFixtures));
describe('the ledger of Copilot CLI', () =>
  describeLedger(copilotCliReader, [...copilotCliFixtures, ...copilotCliOthers]));
describe('the ledger of Goose', () => describeLedger(gooseReader, [...gooseDatabases, ...gooseFiles]));
describe('the ledger of Gemini CLI', () => describeLedger(geminiCliReader, geminiCliFixtures));
describe('the ledger of Qwen Code', () =>
  describeLedger(qwenCodeReader, [...qwenCodeFixtures, ...telemetryFixtures, ...earlyQwenCodeFixtures]));
describe('the ledger of Pi', () => describeLedger(piReader, piFixtures));
describe('the ledger of OMP', () => describeLedger(ompReader, ompFixtures));
describe('the ledger of OpenClaw', () =>
  describeLedger(openclawReader, [...openclawFixtures, ...openclawDatabaseFixtures]));
