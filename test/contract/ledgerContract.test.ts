import { claudeCodeReader } from '../../src/agents/claude/claudeCodeReader.ts';
import { codexReader } from '../../src/agents/codex/codexReader.ts';
import { copilotCliReader } from '../../src/agents/copilotCli/copilotCliReader.ts';
import { gooseReader } from '../../src/agents/goose/gooseReader.ts';
import { kiloReader } from '../../src/agents/kilo/kiloReader.ts';
import { opencodeReader } from '../../src/agents/opencode/opencodeReader.ts';
import { claudeCodeFixtures } from '../fixtures/claude-code/fixtures.ts';
import { codexFixtures } from '../fixtures/codex/fixtures.ts';
import { copilotCliFixtures, copilotCliOthers } from '../fixtures/copilot-cli/fixtures.ts';
import { gooseDatabases, gooseFiles } from '../fixtures/goose/fixtures.ts';
import { kiloFixtures } from '../fixtures/kilo/fixtures.ts';
import { opencodeFixtures, opencodeSums } from '../fixtures/opencode/fixtures.ts';
import { describeLedger } from './ledgerContract.ts';

describe('the ledger of Claude Code', () => describeLedger(claudeCodeReader, claudeCodeFixtures));
describe('the ledger of Codex', () => describeLedger(codexReader, codexFixtures));
describe('the ledger of OpenCode', () =>
  describeLedger(opencodeReader, [...opencodeFixtures, ...opencodeSums]));
describe('the ledger of Kilo Code', () => describeLedger(kiloReader, kiloFixtures));
describe('the ledger of Copilot CLI', () =>
  describeLedger(copilotCliReader, [...copilotCliFixtures, ...copilotCliOthers]));
describe('the ledger of Goose', () => describeLedger(gooseReader, [...gooseDatabases, ...gooseFiles]));
