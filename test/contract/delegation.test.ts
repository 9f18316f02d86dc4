import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { claudeCodeReader } from '../../src/agents/claude/claudeCodeReader.ts';
import { openclawReader } from '../../src/agents/openclaw/openclawReader.ts';
import type { Database } from '../../src/ledger/database.ts';
import { resolveRoots } from '../../src/ledger/discover.ts';
import { Scanner } from '../../src/ledger/scanner.ts';
import { recordsOf, usage as used } from '../fixtures/claude-code/records.ts';
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
