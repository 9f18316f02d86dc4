import assert from 'node:assert/strict';
import { Random } from '../unit/ledger/random.ts';
import { World } from '../unit/ledger/world.ts';
import { allFixtures, type ReaderFixtures } from './allFixtures.ts';
import { filesOf, isBytes } from './fixtureFile.ts';
import { logsOf, pickLog } from './fuzz.ts';
import type { FuzzedLog } from './fuzzedLog.ts';

const isThorough = process.env.TOKEN_BURN_THOROUGH === '1';
/** Damaged logs of all readers together. */
const cases = isThorough ? 2_000_000 : 100_000;
const seed = Number(process.env.SEED ?? 20_260_101);
/** A case takes some hundred microseconds: one of seconds goes on for ever, or as good as. */
const longestMs = 5_000;

describe('logs damaged in any way', () => {
  let all: readonly ReaderFixtures[];
  let world: World;
  before(async () => {
    all = await allFixtures();
    world = new World();
  });
  after(() => world.dispose());

  it(`make no reader throw, hang, tell nonsense or lose in silence, ${cases} times (SEED=${seed})`, function () {
    this.timeout(0);
    const tried = all.map((some) => ({ logs: logsOf(some, world.folder), foreign: foreignTo(some, all) }));
    const weights = tried.map(({ logs }) => logs.reduce((sum, { weight }) => sum + weight, 0) / logs.length);
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    for (const [index, { logs, foreign }] of tried.entries()) {
      tryAll(logs, foreign, seed, Math.ceil((cases * (weights[index] ?? 0)) / whole));
    }
  });
});

/** Tries damaged logs of one reader. @throws with what brings the case back */
function tryAll(
  logs: readonly FuzzedLog[],
  lines: readonly Buffer[],
  firstSeed: number,
  count: number,
): void {
  for (let round = firstSeed; round < firstSeed + count; round++) {
    const random = new Random(round);
    const log = pickLog(logs, random);
    const startedMs = performance.now();
    try {
      log.try(random, () => random.pick(lines));
      assert.ok(performance.now() - startedMs < longestMs, 'it hangs');
    } catch (error) {
      throw new Error(`${log.reader.agent}, ${log.path}, case ${round}`, { cause: error });
    }
  }
}

/** Lines of other readers' logs; of its own where there is no other. */
function foreignTo({ reader }: ReaderFixtures, all: readonly ReaderFixtures[]): readonly Buffer[] {
  const contents = all
    .filter((other) => other.reader !== reader || all.length === 1)
    .flatMap(({ fixtures }) => fixtures.flatMap(filesOf))
    .flatMap(([, content]) => (isBytes(content) ? [content] : []));
  return contents
    .flatMap((content) => content.toString('latin1').split(/(?<=\n)/))
    .map((line) => Buffer.from(line, 'latin1'));
}
