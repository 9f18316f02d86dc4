import assert from 'node:assert/strict';
import { StringCutter } from '../../../src/ledger/stringCutter.ts';
import { Random } from './random.ts';

function cut(text: string, pieceBytes = text.length + 1): string {
  const cutter = new StringCutter();
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) cutter.push(bytes.subarray(at, at + pieceBytes));
  return cutter.finish()?.toString() ?? 'too long';
}

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

describe('cutting strings', () => {
  it('changes nothing in a text whose strings are short', () => {
    const text = JSON.stringify({ a: 'x'.repeat(4000), 'k"\\': [1, true, null, { b: '\u2028é\n' }] });
    assert.equal(cut(text), text);
  });

  it('cuts every long string, keys included', () => {
    const value = JSON.parse(
      cut(JSON.stringify({ ['k'.repeat(9_000)]: 'v'.repeat(9_000), z: 'w'.repeat(9_000) })),
    );
    assert.deepEqual(
      Object.entries(value).map(([key, text]) => [key.length, String(text).length]),
      [
        [4096, 4096],
        [1, 4096],
      ],
    );
  });

  it(`leaves valid JSON wherever a cut falls and however the text arrives (SEED=${seed})`, () => {
    const random = new Random(seed);
    const parts = ['a', 'é', '\u{1F600}', '"', '\\', '\n', '\u0007', '漢'];
    for (let round = 0; round < 60; round++) {
      const filler = 'x'.repeat(4080 + random.below(20));
      const long = filler + Array.from({ length: 60 }, () => random.pick(parts)).join('');
      const escaped = JSON.stringify({ long, tail: 7 }).replaceAll('é', '\\u00e9');
      const text = cut(escaped, 1 + random.below(64));
      const read = JSON.parse(text) as { long: string; tail: number };
      assert.equal(read.tail, 7);
      assert.ok(long.startsWith(read.long.replace(/[\ud800-\udbff]$/, '')), text.slice(4070));
    }
  });
});
