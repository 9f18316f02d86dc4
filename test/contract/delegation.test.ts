import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { claudeCodeReader } from '../../src/agents/claude/claudeCodeReader.ts';
import { copilotChatReader } from '../../src/agents/copilotChat/copilotChatReader.ts';
import { copilotCliReader } from '../../src/agents/copilotCli/copilotCliReader.ts';
import { openclawReader } from '../../src/agents/openclaw/openclawReader.ts';
import type { Database } from '../../src/ledger/database.ts';
import { resolveRoots } from '../../src/ledger/discover.ts';
import { Scanner } from '../../src/ledger/scanner.ts';
import { recordsOf, usage as used } from '../fixtures/claude-code/records.ts';
import { answered, at, chat, initial, push } from '../fixtures/copilot-chat/records.ts';
import * as cli from '../fixtures/copilot-cli/records.ts';
import { header, reply, stamp, usage } from '../fixtures/pi/records.ts';
import { onePicoEach, outputBySession, sqlite, World } from '../unit/ledger/world.ts';
import { lines } from './fixture.ts';

const work = '11111111-0000-4000-8000-000000000001';
const claude = recordsOf(work);
const byClaude = { api: 'cli', provider: 'claude-cli' };

/** A call of Claude Code. */
function call(time: string, id: string, output: number): string {
  const more = { timestamp: stamp(time) };
  return lines(claude.assistant(id, '00:00:00', [`msg_${id}`, `req_${id}`], used(1, 0, 0, output), {}, more));
}

describe('turns that OpenClaw has Claude Code do', () => {
  let world: World;
  let db: Database;
  let scanner: Scanner;

  beforeEach(async () => {
    world = new World();
    db = world.open();
    const roots = await resolveRoots([
      { reader: openclawReader, path: join(world.logs, 'agents') },
      { reader: claudeCodeReader, path: join(world.logs, 'projects') },
    ]);
    const listener = { onStored() {}, onProgress() {} };
    scanner = new Scanner({ sqlite: sqlite(), db, roots, pricing: onePicoEach, listener });
    world.write(
      'agents/main/sessions/chat.jsonl',
      lines(
        header('10:00:00.000', 'chat'),
        reply('10:01:00.000', 'e1', usage(1, 100), byClaude),
        reply('10:02:00.000', 'e2', usage(1, 200), byClaude),
        reply('10:03:00.000', 'e3', usage(1, 400), byClaude),
      ),
    );
    const entry = { sessionId: 'chat', cliSessionIds: { 'claude-cli': work } };
    world.write('agents/main/sessions/sessions.json', JSON.stringify({ 'agent:main:main': entry }));
  });
  afterEach(() => world.dispose());

  async function outputs(): Promise<Record<string, number>> {
    await scanner.scanAll();
    return outputBySession(db);
  }

  it('count by the log of Claude Code as far as that goes, and else by the one of OpenClaw', async () => {
    assert.deepEqual(await outputs(), { chat: 700 });
    const log = world.write(`projects/app/${work}.jsonl`, call('10:00:30.000', 'a', 100));
    assert.deepEqual(await outputs(), { [work]: 100, chat: 600 });
    appendFileSync(log, call('10:02:10.000', 'c', 150) + call('10:02:50.000', 'd', 250));
    assert.deepEqual(await outputs(), { [work]: 500, chat: 200 });
    appendFileSync(log, call('10:01:30.000', 'b', 200) + call('10:04:00.000', 'e', 800));
    assert.deepEqual(await outputs(), { [work]: 1500 });
  });
});

describe('turns that a chat in VS Code has Copilot CLI do', () => {
  const byCli = { agent: { id: 'copilotcli' } };
  const chats = `a1/chatSessions/${cli.sessionId}.jsonl`;
  const ended = (time: string) => ({ modelState: { value: 1, completedAt: at(time) } });
  const asked = lines(
    initial(
      chat(cli.sessionId, [
        answered('r1', '10:00:00', { ...byCli, ...ended('10:01:00'), completionTokens: 100 }),
        answered('r2', '10:02:00', { modelId: 'copilotcli/x', ...ended('10:03:00'), completionTokens: 200 }),
      ]),
    ),
    // Of the chat's own.
    push(['requests'], [answered('r3', '10:04:00', { ...ended('10:05:00'), completionTokens: 400 })]),
  );
  const onDay = (text: string) => text.replaceAll(cli.stamp('').slice(0, 10), '2026-08-19');
  const done = (time: string, id: string, output: number) =>
    onDay(lines(cli.record(time, id, [1000, output, 0, 0, 0])));
  const begun = onDay(lines(cli.start('10:00:00.000', '1.0.102')));

  for (const order of ['chat first', 'chat last']) {
    it(`count by the log of Copilot CLI as far as that goes, ${order}`, async () => {
      const world = new World();
      try {
        const db = world.open();
        const roots = await resolveRoots([
          { reader: copilotChatReader, path: join(world.logs, 'workspaceStorage') },
          { reader: copilotCliReader, path: join(world.logs, '.copilot') },
        ]);
        const listener = { onStored() {}, onProgress() {} };
        const scanner = new Scanner({ sqlite: sqlite(), db, roots, pricing: onePicoEach, listener });
        const outputs = async () => {
          await scanner.scanAll();
          const sql = `SELECT agent, sum(output) AS output FROM receipt JOIN session ON session.id = receipt.session
            WHERE superseded = 0 GROUP BY agent`;
          const rows = db.all<{ agent: string; output: number }>(sql);
          return Object.fromEntries(rows.map(({ agent, output }) => [agent, output]));
        };
        const writeChat = () => world.write(`workspaceStorage/${chats}`, asked);
        if (order === 'chat first') {
          writeChat();
          assert.deepEqual(await outputs(), { 'copilot-chat': 700 });
        }
        const log = world.write(`.copilot/${cli.eventsPath}`, begun + done('10:00:30.000', 'a1', 100));
        await outputs();
        writeChat();
        assert.deepEqual(await outputs(), { 'copilot-chat': 600, 'copilot-cli': 100 });
        appendFileSync(log, done('10:02:10.000', 'a2', 150) + done('10:02:50.000', 'a3', 50));
        assert.deepEqual(await outputs(), { 'copilot-chat': 400, 'copilot-cli': 300 });
      } finally {
        world.dispose();
      }
    });
  }
});
