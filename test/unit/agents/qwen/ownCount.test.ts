import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { qwenCodeReader } from '../../../../src/agents/qwen/qwenCodeReader.ts';
import type { Database } from '../../../../src/ledger/database.ts';
import { type Fields, reply, session, stamp, usage } from '../../../fixtures/qwen-code/records.ts';
import { counted } from '../../../fixtures/qwen-code/usage.ts';
import { Random } from '../../ledger/random.ts';
import { World } from '../../ledger/world.ts';

const chatPath = `-home-ann-app/chats/${session}.jsonl`;
const helperPath = `-home-ann-app/subagents/${session}/agent-explore-1.jsonl`;
const countPath = 'token-usage-2026-06.jsonl';

interface Line {
  readonly path: string;
  readonly line: Fields;
  /** Of a request that is told here for the first time. */
  readonly output: number;
}

/** Some requests of a day: of the session, of a helper with a transcript of its own, or of neither. */
function requestsOf(random: Random): readonly Line[] {
  let atMs = Date.parse(stamp('08:00:00.000'));
  return Array.from({ length: 60 }, (_, index) => {
    atMs += random.pick([700, 4_000, 40_000, 900_000]);
    const output = 1 + random.below(1_000);
    const prompted = 1_000 + random.below(9_000);
    const cached = random.below(1_000);
    const timeOf = (ms: number) => ({ timestamp: new Date(ms).toISOString() });
    const model = random.pick(['qwen3-coder-plus', 'qwen3-coder-flash', 'qwen3-max']);
    const line = counted('08:00:00.000', `${index}`, [prompted, cached, output], { model, ...timeOf(atMs) });
    const told = {
      ...reply('08:00:00.000', `a${index}`, usage(prompted, cached, output)),
      ...timeOf(atMs + 3),
    };
    const helper = {
      ...told,
      model: undefined,
      isSidechain: true,
      agentId: 'explore-1',
      agentName: 'Explore',
    };
    const inChat = random.pick([{ path: chatPath, line: told }, { path: helperPath, line: helper }, null]);
    const own = { path: countPath, line, output };
    return inChat === null ? [own] : [own, { ...inChat, output: 0 }];
  }).flat();
}

describe('Qwen Code’s own count of tokens', () => {
  let world: World;
  let db: Database;

  beforeEach(() => {
    world = new World();
    db = world.open();
  });
  afterEach(() => world.dispose());

  const total = () => db.get<{ total: number }>('SELECT sum(output) AS total FROM counted')?.total;
  const scan = () => world.scan(db, qwenCodeReader);

  for (const seed of [1, 2, 3]) {
    it(`counts each request once, whatever chats tell of it, in any order (${seed})`, async () => {
      const requests = requestsOf(new Random(seed));
      const output = requests.reduce((sum, each) => sum + each.output, 0);
      for (const path of new Random(seed).shuffle([chatPath, helperPath, countPath])) {
        const lines = requests.filter((each) => each.path === path);
        world.write(path, lines.map(({ line }) => `${JSON.stringify(line)}\n`).join(''));
        await scan();
      }
      assert.equal(total(), output);
    });
  }

  it('never counts a request twice while the logs grow', async () => {
    let output = 0;
    const paths = new Map<string, string>();
    for (const { path, line, output: more } of requestsOf(new Random(4))) {
      const file = paths.get(path) ?? world.write(path, '');
      paths.set(path, file);
      appendFileSync(file, `${JSON.stringify(line)}\n`);
      output += more;
      await scan();
      assert.equal(total(), output);
    }
  });

  it('bears the hour in which the requests were made', async () => {
    const lines = ['10:10:00.000', '10:50:00.000', '13:20:00.000'].map((time, index) =>
      counted(time, `${index}`, [100, 0, 1]),
    );
    world.write(countPath, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    await scan();
    const sums = db.all<{ at_ms: number; output: number }>(
      'SELECT at_ms, output FROM receipt ORDER BY at_ms',
    );
    assert.deepEqual(
      sums.map(({ at_ms, output }) => [new Date(at_ms).toISOString().slice(11, 16), output]),
      [
        ['10:10', 2],
        ['13:20', 1],
      ],
    );
  });
});
