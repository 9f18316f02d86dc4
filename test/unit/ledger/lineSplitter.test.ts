import assert from 'node:assert/strict';
import { LineSplitter } from '../../../src/ledger/lineSplitter.ts';
import { Random } from './random.ts';

interface Taken {
  readonly lines: string[];
  readonly positions: number[];
  readonly lengths: number[];
  oversized: number;
}

/** Splits a text that arrives in pieces of up to some bytes. */
function split(text: string | Buffer, { block = 64, piece = 7 } = {}): Taken {
  const taken: Taken = { lines: [], positions: [], lengths: [], oversized: 0 };
  const splitter = new LineSplitter(Buffer.alloc(block), {
    takeLines: ({ start }) => start,
    takeLine(line, position) {
      taken.lines.push(line.text());
      taken.positions.push(position);
      taken.lengths.push(line.byteLength);
    },
    takeOversized() {
      taken.oversized++;
    },
  });
  const bytes = Buffer.from(text);
  const random = new Random(piece);
  for (let at = 0; at < bytes.length; ) {
    const length = 1 + random.below(piece);
    splitter.push(bytes.subarray(at, at + length));
    at += length;
  }
  splitter.finish();
  return taken;
}

describe('splitting pieces into lines', () => {
  it('gives the same lines whatever the size of pieces and block', () => {
    const lines = Array.from({ length: 60 }, (_, n) => `{"line":${n},"text":"${'é'.repeat(n % 7)}"}`);
    const positions = lines.map((_, n) => Buffer.byteLength(lines.slice(0, n).join('\n')) + (n > 0 ? 1 : 0));
    for (const block of [1, 3, 16, 64, 4096]) {
      for (const piece of [1, 5, 200, 9_000]) {
        const taken = split(`${lines.join('\n')}\n`, { block, piece });
        assert.deepEqual([taken.lines, taken.positions], [lines, positions], `${block} ${piece}`);
        assert.deepEqual(
          taken.lengths,
          lines.map((line) => Buffer.byteLength(line)),
        );
      }
    }
  });

  it('takes a last line without its break, because nothing more is to come', () => {
    for (const block of [2, 64]) assert.deepEqual(split('one\ntwo', { block }).lines, ['one', 'two']);
    assert.deepEqual(split('').lines, []);
  });

  it('passes over byte order marks, carriage returns, empty lines and runs of NUL', () => {
    const text = '\uFEFFone\r\n\r\n\n\0\0\0two\n\0\0\n';
    for (const block of [3, 64]) assert.deepEqual(split(text, { block }).lines, ['one', 'two']);
  });

  it('keeps the structure of a line that is far longer than a block', () => {
    const long = { before: 1, blob: 'x'.repeat(3_000_000), after: [{ usage: 7 }] };
    const text = `{"first":1}\n${JSON.stringify(long)}\n{"last":1}\n`;
    const { lines, lengths } = split(text, { block: 64 << 10, piece: 100_000 });
    const [first, cut, last] = lines.map((line) => JSON.parse(line));
    assert.deepEqual([first, cut.before, cut.after, last], [{ first: 1 }, 1, [{ usage: 7 }], { last: 1 }]);
    assert.ok(cut.blob.length < 5_000);
    assert.equal(lengths[1], JSON.stringify(long).length);
  });

  it('says so when a line stays too long even so', () => {
    const text = `[${'1,'.repeat(4 << 20)}1]\n{"last":1}\n`;
    const { lines, oversized } = split(text, { block: 64 << 10, piece: 100_000 });
    assert.deepEqual([lines, oversized], [['{"last":1}'], 1]);
  });
});
