import assert from 'node:assert/strict';
import { appendFileSync, closeSync, openSync } from 'node:fs';
import { newBlock } from '../../../src/ledger/newBlock.ts';
import { LogTail } from '../../../src/ledger/tail.ts';
import { World } from './world.ts';

interface Taken {
  readonly lines: string[];
  readonly positions: number[];
  oversized: number;
  offset: number;
}

describe('the tail of a log', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });
  afterEach(() => world.dispose());

  function read(path: string, { from = 0, block = 64 } = {}): Taken {
    const taken: Taken = { lines: [], positions: [], oversized: 0, offset: from };
    const fd = openSync(path, 'r');
    const tail = new LogTail(fd, from, newBlock({ size: block }), {
      takeLines: ({ start }) => start,
      takeLine(line, position) {
        taken.lines.push(line.text());
        taken.positions.push(position);
      },
      takeOversized() {
        taken.oversized++;
      },
    });
    while (tail.readBlock());
    closeSync(fd);
    taken.offset = tail.offset;
    return taken;
  }

  it('leaves a line without its break for the next time', () => {
    const path = world.write('a', 'one\ntwo\nthr');
    const first = read(path);
    assert.deepEqual([first.lines, first.offset], [['one', 'two'], 8]);
    appendFileSync(path, 'ee\n');
    const second = read(path, { from: first.offset });
    assert.deepEqual([second.lines, second.positions, second.offset], [['three'], [8], 14]);
  });

  it('gives the same lines whatever the size of a block', () => {
    const text = Array.from({ length: 50 }, (_, n) => `{"line":${n},"text":"${'é'.repeat(n % 7)}"}\n`).join(
      '',
    );
    const path = world.write('a', text);
    const expected = text.trimEnd().split('\n');
    for (const block of [1, 2, 3, 7, 64, 100, 4096]) {
      const { lines, offset } = read(path, { block });
      assert.deepEqual(lines, expected, `block of ${block}`);
      assert.equal(offset, Buffer.byteLength(text));
    }
  });

  it('passes over byte order marks, carriage returns, empty lines and runs of NUL', () => {
    const text = '\uFEFFone\r\n\r\n\n\0\0\0two\n\0\0\n';
    for (const block of [3, 64])
      assert.deepEqual(read(world.write('a', text), { block }).lines, ['one', 'two']);
  });

  it('reads invalid UTF-8 as replacement characters', () => {
    const path = world.write('a', Buffer.from([0x61, 0xff, 0x62, 0x0a]));
    assert.deepEqual(read(path).lines, ['a\ufffdb']);
  });

  it('keeps the structure of a line that is far longer than a block', () => {
    const line = { before: 1, blob: `x"\\${'\u{1F600}y'.repeat(3_000_000)}`, after: [{ usage: 7 }] };
    const text = `${JSON.stringify({ first: true })}\n${JSON.stringify(line)}\n${JSON.stringify({ last: 1 })}\n`;
    const { lines, offset } = read(world.write('a', text), { block: 64 << 10 });
    const [first, long, last] = lines.map((each) => JSON.parse(each));
    assert.deepEqual([first, last], [{ first: true }, { last: 1 }]);
    assert.deepEqual([long.before, long.after], [1, [{ usage: 7 }]]);
    assert.ok(line.blob.startsWith(long.blob) && long.blob.length > 1_000 && long.blob.length < 5_000);
    assert.equal(offset, Buffer.byteLength(text));
  });

  it('waits for the break of a long line as it does for that of a short one', () => {
    const path = world.write('a', `one\n{"blob":"${'x'.repeat(500)}"`);
    const { lines, offset } = read(path);
    assert.deepEqual([lines, offset], [['one'], 4]);
    appendFileSync(path, '}\n');
    assert.equal(read(path, { from: 4 }).lines.length, 1);
  });

  it('refuses a line that stays long without its strings, and reads on', () => {
    const path = world.write('a', `[${'1,'.repeat(3_000_000)}1]\n{"next":1}\n`);
    const { lines, oversized } = read(path, { block: 64 << 10 });
    assert.deepEqual([lines, oversized], [['{"next":1}'], 1]);
  });

  it('finds texts in its own line only', () => {
    const path = world.write('a', 'alpha beta\nbeta\ngamma\nalpha\n');
    const found: string[] = [];
    const fd = openSync(path, 'r');
    const tail = new LogTail(fd, 0, newBlock({ size: 1024 }), {
      takeLines: ({ start }) => start,
      takeLine(line) {
        found.push(['alpha', 'beta', 'gamma', 'a\nb'].filter((text) => line.has(text)).join());
        assert.equal(line.head(3), line.text().slice(0, 3));
        assert.equal(line.head(100), line.text());
      },
      takeOversized() {},
    });
    while (tail.readBlock());
    closeSync(fd);
    assert.deepEqual(found, ['alpha,beta', 'beta', 'gamma', 'alpha']);
  });
});
