import { claudeCodeReader } from '../../src/agents/claude/claudeCodeReader.ts';
import { clineReader } from '../../src/agents/cline/clineReader.ts';
import { codexReader } from '../../src/agents/codex/codexReader.ts';
import { copilotChatReader } from '../../src/agents/copilotChat/copilotChatReader.ts';
import { rooCodeReader } from '../../src/agents/roo/rooReaders.ts';
import { claudeCodeFixtures } from '../fixtures/claude-code/fixtures.ts';
import { clineFixtures } from '../fixtures/cline/fixtures.ts';
import { codexFixtures } from '../fixtures/codex/fixtures.ts';
import { copilotChatFixtures } from '../fixtures/copilot-chat/fixtures.ts';
import { rooFixtures } from '../fixtures/roo/fixtures.ts';
import { describeLedger } from './ledgerContract.ts';

describe('the ledger of Claude Code', () => describeLedger(claudeCodeReader, claudeCodeFixtures));
describe('the ledger of Codex', () => describeLedger(codexReader, codexFixtures));
describe('the ledger of Copilot Chat', () => describeLedger(copilotChatReader, copilotChatFixtures));
describe('the ledger of Cline', () => describeLedger(clineReader, clineFixtures));
describe('the ledger of Roo Code', () => describeLedger(rooCodeReader, rooFixtures));
