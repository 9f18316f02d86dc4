import assert from 'node:assert/strict';
import { noRows, RowTable } from '../../../src/ledger/rowTable.ts';
import { Random } from './random.ts';

describe('rows that find one another', () => {
  it('are one for each pair of hashes, in the order in which they came', () => {
    for (let seed = 0; seed < 40; seed++) {
      const random = new Random(seed);
      const table = new RowTable({ numbers: 1, ids: 3 }, noRows);
      const expected = new Map<string, number>();
      for (let turn = 0; turn < 30; turn++) {
        const ids = Array.from({ length: random.pick([0, 1, 5, 300]) }, () => randomIds(random));
        for (const [a, b] of ids) expected.set(`${a}/${b}`, (expected.get(`${a}/${b}`) ?? 0) + 1);
        const first = table.append({
          count: ids.length,
          numbers: new Float64Array(ids.length).fill(1),
          ids: BigInt64Array.from(ids.flat()),
        });
        table.settleFrom(first, (row, known) => {
          table.numbers[known] = (table.numbers[known] ?? 0) + (table.numbers[row] ?? 0);
        });
      }
      const rows = Array.from({ length: table.length }, (_, row) => row);
      const found = rows.map((row) => [
        `${table.ids[row * 3]}/${table.ids[row * 3 + 1]}`,
        table.numbers[row],
      ]);
      assert.deepEqual(found, [...expected]);
    }
  });
});

/** Of a response and a request that come again now and then, and of something that tells nothing apart. */
function randomIds(random: Random): [bigint, bigint, bigint] {
  const response = BigInt(random.below(random.pick([3, 50, 5_000]))) << BigInt(random.pick([0, 32]));
  return [response, BigInt(random.below(3)), BigInt(random.below(9))];
}
