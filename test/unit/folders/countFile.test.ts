import assert from 'node:assert/strict';
import { truncateSync } from 'node:fs';
import { createCountEngine } from '../../../src/estimator/engine/countEngine.ts';
import { largestBytes } from '../../../src/folders/countFile.ts';
import { StreamCounter } from '../../../src/folders/streamCounter.ts';
import { fullCounter, randomFrom, randomText, ranks } from '../estimator/texts.ts';
import {
  countedFiles,
  countFolder,
  cuts,
  perCharacter,
  recordingDisk,
  storable,
  TemporaryFolder,
} from './tree.ts';

/** Counts a token a character, and remembers the texts it was given. */
function listening() {
  const heard: string[] = [];
  const count = (text: string) => {
    heard.push(text);
    return perCharacter.count(text);
  };
  return { heard, encoding: () => ({ count }) };
}

const utf16be = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16();

describe('counting a file', () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = new TemporaryFolder();
  });
  afterEach(() => folder.dispose());

  function heardOf(content: string | Uint8Array, bufferBytes?: number): string {
    const { heard, encoding } = listening();
    folder.write({ file: content });
    const buffer = bufferBytes === undefined ? {} : { buffer: new Uint8Array(bufferBytes) };
    countFolder(folder.path, { tools: { encoding, ...buffer } });
    return heard.join('');
  }

  for (const [size, bufferBytes] of [
    ['at once', undefined],
    ['in parts', 7],
  ] as const) {
    describe(`reads the text as VS Code does, ${size}`, () => {
      const text = 'Zeile für Zeile\r\n中文 👩‍👩‍👧 1234567\n';
      const reads = (content: string | Uint8Array, wanted: string) =>
        assert.equal(heardOf(content, bufferBytes), wanted);

      it('of UTF-8', () => reads(text, text));
      it('of UTF-8 with a byte order mark', () => reads(`\ufeff${text}`, text));
      it('of UTF-16', () => reads(Buffer.from(`\ufeff${text}`, 'utf16le'), text));
      it('of UTF-16, big end first', () => reads(utf16be(text), text));
      it('of what is no UTF-8, with replacement characters', () => {
        reads(Buffer.from([0x61, 0xe4, 0x20, 0xc3, 0x28, 0xf0, 0x9f, 0x98]), 'a\ufffd \ufffd(\ufffd');
      });
      it('of nothing', () => reads('', ''));
    });
  }

  it('takes a NUL byte near the start for a sign of binary, and no other', () => {
    folder.write({
      a: 'text\0text',
      b: `${'x'.repeat(8192)}\0`,
      c: `${'x'.repeat(8191)}\0`,
      d: utf16be('x'),
    });
    const tree = countFolder(folder.path);
    assert.deepEqual(countedFiles(tree), ['b', 'd']);
    assert.equal(tree.skipped.binary, 2);
  });

  it('opens no file that is binary by its name', () => {
    folder.write({ 'a.PNG': 'text', 'b.woff2': 'text', 'c.svg': 'text' });
    const disk = recordingDisk();
    const tree = countFolder(folder.path, { tools: { disk } });
    assert.deepEqual(disk.opened, [folder.at('c.svg')]);
    assert.equal(tree.skipped.binary, 2);
  });

  it('leaves out what nobody sends to a model, without reading it', () => {
    folder.write({ huge: '' });
    truncateSync(folder.at('huge'), largestBytes + 1);
    const disk = recordingDisk();
    assert.equal(countFolder(folder.path, { tools: { disk } }).skipped.tooLarge, 1);
    assert.deepEqual(disk.opened, []);
  });

  it('counts a file that does not fit into the buffer as if it were counted at once', () => {
    const engine = createCountEngine(ranks.o200k_base);
    const full = fullCounter('o200k_base');
    const random = randomFrom(7);
    for (let round = 0; round < 300; round++) {
      const text = storable(randomText(random, 60));
      folder.write({ file: text });
      const buffer = new Uint8Array(1 + random(80));
      const tree = countFolder(folder.path, { tools: { encoding: () => engine, buffer } });
      assert.equal(tree.count.tokens, full(text), JSON.stringify(text));
      assert.equal(tree.count.isExact, true);
    }
  });

  it('holds no more than a run without a cut, and says that its count is rough', () => {
    const { heard, encoding } = listening();
    const counter = new StreamCounter(encoding(), cuts, 100);
    for (let part = 0; part < 1_000; part++) counter.add('x'.repeat(10));
    assert.deepEqual(counter.end(), { tokens: 10_000, isExact: false });
    assert.ok(Math.max(...heard.map((text) => text.length)) <= 110);
  });
});
