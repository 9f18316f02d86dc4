import { aiderReader } from '../../src/agents/aider/aiderReader.ts';
import { ampReader } from '../../src/agents/amp/ampReader.ts';
import { claudeCodeReader } from '../../src/agents/claude/claudeCodeReader.ts';
import { clineReader } from '../../src/agents/cline/clineReader.ts';
import { codexReader } from '../../src/agents/codex/codexReader.ts';
import { continueReader } from '../../src/agents/continue/continueReader.ts';
import { copilotChatReader } from '../../src/agents/copilotChat/copilotChatReader.ts';
import { copilotCliReader } from '../../src/agents/copilotCli/copilotCliReader.ts';
import { cursorReader } from '../../src/agents/cursor/cursorReader.ts';
import { geminiCliReader } from '../../src/agents/gemini/geminiCliReader.ts';
import { gooseReader } from '../../src/agents/goose/gooseReader.ts';
import { kiloReader } from '../../src/agents/kilo/kiloReader.ts';
import { openclawReader } from '../../src/agents/openclaw/openclawReader.ts';
import { opencodeReader } from '../../src/agents/opencode/opencodeReader.ts';
import { ompReader, piReader } from '../../src/agents/pi/piReader.ts';
import { qwenCodeReader } from '../../src/agents/qwen/qwenCodeReader.ts';
import { rooCodeReader } from '../../src/agents/roo/rooReaders.ts';
import { aiderFixtures } from '../fixtures/aider/fixtures.ts';
import { ampFixtures } from '../fixtures/amp/fixtures.ts';
import { claudeCodeFixtures } from '../fixtures/claude-code/fixtures.ts';
import { clineFixtures } from '../fixtures/cline/fixtures.ts';
import { codexFixtures } from '../fixtures/codex/fixtures.ts';
import { continueFixtures } from '../fixtures/continue/fixtures.ts';
import { copilotChatFixtures } from '../fixtures/copilot-chat/fixtures.ts';
import { copilotChatSpanFixtures, copilotChatTwice } from '../fixtures/copilot-chat/spans.ts';
import { copilotCliFixtures, copilotCliOthers } from '../fixtures/copilot-cli/fixtures.ts';
import { cursorFixtures } from '../fixtures/cursor/fixtures.ts';
import { geminiCliFixtures } from '../fixtures/gemini-cli/chats.ts';
import { gooseDatabases, gooseFiles } from '../fixtures/goose/fixtures.ts';
import { kiloFixtures } from '../fixtures/kilo/fixtures.ts';
import { openclawDatabaseFixtures, openclawFixtures } from '../fixtures/openclaw/sessions.ts';
import { opencodeFixtures, opencodeSums } from '../fixtures/opencode/fixtures.ts';
import { ompFixtures, piFixtures } from '../fixtures/pi/sessions.ts';
import {
  earlyQwenCodeFixtures,
  qwenCodeFixtures,
  qwenCodeTelemetryFixtures,
} from '../fixtures/qwen-code/chats.ts';
import { rooFixtures } from '../fixtures/roo/fixtures.ts';
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
  describeLedger(qwenCodeReader, [
    ...qwenCodeFixtures,
    ...qwenCodeTelemetryFixtures,
    ...earlyQwenCodeFixtures,
  ]));
describe('the ledger of Pi', () => describeLedger(piReader, piFixtures));
describe('the ledger of OMP', () => describeLedger(ompReader, ompFixtures));
describe('the ledger of OpenClaw', () =>
  describeLedger(openclawReader, [...openclawFixtures, ...openclawDatabaseFixtures]));
describe('the ledger of Copilot Chat', () =>
  describeLedger(copilotChatReader, [
    ...copilotChatFixtures,
    ...copilotChatSpanFixtures,
    ...copilotChatTwice,
  ]));
describe('the ledger of Cline', () => describeLedger(clineReader, clineFixtures));
describe('the ledger of Roo Code', () => describeLedger(rooCodeReader, rooFixtures));
describe('the ledger of Aider', () => describeLedger(aiderReader, aiderFixtures));
describe('the ledger of Amp', () => describeLedger(ampReader, ampFixtures));
describe('the ledger of Continue', () => describeLedger(continueReader, continueFixtures));
describe('the ledger of Cursor', () => describeLedger(cursorReader, cursorFixtures));
