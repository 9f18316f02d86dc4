import assert from 'node:assert/strict';
import { inputKindByCosts } from '../../../../src/agents/roo/costs.ts';
import { rooInputKinds } from '../../../../src/agents/roo/inputKind.ts';
import type { InputKind, Spent } from '../../../../src/agents/tasks/usage.ts';
import { Random } from '../../ledger/random.ts';

/** Dollars a million tokens: input, output, cache reads and writes. */
type Prices = readonly [input: number, output: number, read: number, write: number];

const prices: readonly Prices[] = [
  [2, 8, 0.5, 0],
  [1.25, 10, 0.125, 0],
  [3, 15, 0.3, 3.75],
  [0.27, 1.1, 0.07, 0],
];

/** Requests of a conversation that grows, as either kind of log tells of them. */
function requests(kind: InputKind, count: number, [a, b, c, d]: Prices, random: Random): Spent[] {
  let cached = 0;
  return Array.from({ length: count }, () => {
    const [uncached, output] = [random.below(20_000) + 1, random.below(3000) + 1];
    const [cacheRead, cacheWrite] = [cached, d === 0 ? 0 : random.below(9000)];
    cached += random.below(12_000);
    const cost = (a * uncached + b * output + c * cacheRead + d * cacheWrite) / 1e6;
    const input = kind === 'whole' ? uncached + cacheRead + cacheWrite : uncached;
    return spent({ input, output, cacheRead, cacheWrite }, { cost });
  });
}

function spent(usage: Spent['usage'], record: Spent['record']): Spent {
  return { usage, record, model: 'model-a', provider: '', isSum: false };
}

describe('what costs tell of the prompts that a task logged', () => {
  for (const kind of ['whole', 'uncached'] as const) {
    it(`is that they were ${kind}`, () => {
      const random = new Random(7);
      for (let round = 0; round < 200; round++) {
        for (const each of prices) {
          assert.equal(inputKindByCosts(requests(kind, 5 + random.below(60), each, random)), kind);
        }
      }
    });
  }

  it('is nothing where there are too few, or all alike', () => {
    const random = new Random(8);
    for (const each of prices) {
      for (let count = 0; count < 4; count++) {
        assert.equal(inputKindByCosts(requests('whole', count, each, random)), null);
      }
    }
    const [, same] = requests('whole', 2, [2, 8, 0.5, 0], random);
    assert.ok(same);
    assert.equal(inputKindByCosts(Array(9).fill(same)), null);
  });

  it('is nothing where nothing was cached, or no cost is known', () => {
    const random = new Random(9);
    const fresh = requests('whole', 9, [2, 8, 0.5, 0], random).map(({ usage, ...rest }) => ({
      ...rest,
      usage: { ...usage, cacheRead: 0 },
    }));
    assert.equal(inputKindByCosts(fresh), null);
    const free = requests('whole', 9, [2, 8, 0.5, 0], random).map((each) => ({ ...each, record: {} }));
    assert.equal(inputKindByCosts(free), null);
  });

  it('is nothing where they were made in several ways', () => {
    const random = new Random(10);
    const [cheap, dear]: readonly Prices[] = [
      [2, 8, 0.5, 0],
      [4, 12, 1, 0],
    ];
    assert.ok(cheap && dear);
    for (let round = 0; round < 200; round++) {
      const mixed: Spent[] = [...requests('whole', 9, cheap, random), ...requests('whole', 3, dear, random)];
      assert.equal(inputKindByCosts(mixed), null);
      const both: Spent[] = [
        ...requests('whole', 9, cheap, random),
        ...requests('uncached', 9, cheap, random),
      ];
      assert.equal(inputKindByCosts(both), null);
    }
  });

  it('is nothing where they were rounded, or no model has such prices', () => {
    const random = new Random(11);
    for (let round = 0; round < 200; round++) {
      const exact = requests('whole', 9, [2, 8, 0.5, 0], random);
      const rounded = exact.map(({ record, ...rest }) => ({
        ...rest,
        record: { cost: Number(Number(record.cost).toFixed(4)) },
      }));
      assert.equal(inputKindByCosts(rounded), null);
      assert.equal(inputKindByCosts(requests('uncached', 9, [2, 8, 3, 0], random)), null);
      assert.equal(inputKindByCosts(requests('uncached', 9, [2, 8, 0, 0], random)), null);
    }
  });

  it('is asked of each model by itself, and holds for what checkpoints removed of it', () => {
    const random = new Random(12);
    const whole = requests('whole', 9, [2, 8, 0.5, 0], random);
    const other = requests('uncached', 9, [3, 15, 0.3, 3.75], random).map((each) => ({
      ...each,
      model: 'model-b',
    }));
    const kindOf = rooInputKinds([...whole, ...other]);
    const [first] = whole;
    assert.ok(first);
    assert.equal(kindOf({ ...first, isSum: true }), 'whole');
    assert.equal(kindOf({ ...first, isSum: true, model: 'model-b' }), 'uncached');
    assert.equal(kindOf({ ...first, model: 'model-c' }), 'uncached');
  });
});
