import assert from 'node:assert/strict';
import { join } from 'node:path';
import { codexReader } from '../../src/agents/codex/codexReader.ts';
import { openclawReader } from '../../src/agents/openclaw/openclawReader.ts';
import { resolveRoots } from '../../src/ledger/discover.ts';
import { Scanner } from '../../src/ledger/scanner.ts';
import { count, meta, rollout, stamp as rolloutStamp, turn } from '../fixtures/codex/records.ts';
import { header, reply, stamp, usage } from '../fixtures/pi/records.ts';
import { onePicoEach, outputBySession, sqlite, World } from '../unit/ledger/world.ts';
import { lines } from './fixture.ts';

const thread = '11111111-0000-4000-8000-000000000001';
const dayOf = (time: string) => time.slice(0, '2026-05-25'.length);

const chat = lines(
  header('10:00:00.000', 'chat'),
  reply('10:01:00.000', 'e1', usage(400, 300, 800), {
    idempotencyKey: `codex-app-server:${thread}:turn-1:assistant`,
  }),
  reply('10:02:00.000', 'e2', usage(1, 7)),
);

const work = lines(
  meta('10:00:00.000', thread),
  ...turn('10:00:01.000', 'turn-1'),
  count('10:00:30.000', [1_000, 700, 50], [1_000, 700, 50]),
  count('10:00:59.000', [2_200, 1_500, 350], [1_200, 800, 300]),
).replaceAll(dayOf(rolloutStamp('')), dayOf(stamp('')));

const chatPath = 'agents/main/sessions/chat.jsonl';
const workPath = `agents/main/agent/codex-home/sessions/${rollout('10:00:00', thread)}`;

describe('turns that OpenClaw has its own server of Codex do', () => {
  let world: World;

  beforeEach(() => {
    world = new World();
  });
  afterEach(() => world.dispose());

  for (const [first, alone] of [
    [chatPath, { chat: 307 }],
    [workPath, { [thread]: 350 }],
  ] as const) {
    it(`count by the log of the thread, and where there is none by the last call: first ${first}`, async () => {
      const db = world.open();
      const path = join(world.logs, 'agents');
      const roots = await resolveRoots([openclawReader, codexReader].map((reader) => ({ reader, path })));
      const listener = { onStored() {}, onProgress() {} };
      const scanner = new Scanner({ sqlite: sqlite(), db, roots, pricing: onePicoEach, listener });
      world.write(first, first === chatPath ? chat : work);
      await scanner.scanAll();
      assert.deepEqual(outputBySession(db), alone);
      world.write(chatPath, chat);
      world.write(workPath, work);
      await scanner.scanAll();
      assert.deepEqual(outputBySession(db), { [thread]: 350, chat: 7 });
    });
  }
});
