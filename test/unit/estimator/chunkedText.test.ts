import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ChunkCounter } from '../../../src/estimator/chunkCounter.ts';
import { type Chunk, ChunkedText } from '../../../src/estimator/chunkedText.ts';
import type { Count, Encoding } from '../../../src/estimator/encoding.ts';
import { createTiktokenEncoding } from '../../../src/estimator/tiktokenEncoding.ts';
import { fullCounter, randomFrom, randomText, ranks } from './texts.ts';

const encoding = createTiktokenEncoding(ranks.o200k_base);
const fullCount = fullCounter('o200k_base');

function countAll(counter: ChunkCounter, chunks: readonly Chunk[]): Count {
  const counting = counter.count(chunks);
  for (;;) {
    const step = counting.next();
    if (step.done === true) return step.value;
  }
}

function chunked(text: string): ChunkedText {
  const document = new ChunkedText();
  document.replace(0, 0, text);
  return document;
}

const textOf = (chunks: readonly Chunk[]) => chunks.map((chunk) => chunk.text).join('');

describe('a chunked text', () => {
  it('equals a full count after every one of many random edits', () => {
    const random = randomFrom(3);
    const counter = new ChunkCounter(encoding);
    let text = randomText(random, 600);
    const document = chunked(text);
    for (let round = 0; round < 300; round++) {
      const offset = random(text.length + 1);
      const length = random(4) === 0 ? random(text.length - offset + 1) % 900 : random(3);
      const inserted = randomText(random, random(10) === 0 ? 250 : random(3));
      const deleted = Math.min(length, text.length - offset);
      text = text.slice(0, offset) + inserted + text.slice(offset + deleted);
      document.replace(offset, deleted, inserted);
      assert.equal(document.length, text.length);
      assert.equal(textOf(document.chunks), text);
      assert.deepEqual(countAll(counter, document.chunks), { tokens: fullCount(text), isExact: true });
    }
  }).timeout(60_000);

  it('equals a full count for any span of it', () => {
    const random = randomFrom(5);
    const text = randomText(random, 1500);
    const document = chunked(text);
    const counter = new ChunkCounter(encoding);
    for (let round = 0; round < 60; round++) {
      const start = random(text.length);
      const end = start + random(text.length - start + 1);
      const span = document.slice(start, end);
      assert.equal(textOf(span), text.slice(start, end));
      assert.equal(countAll(counter, span).tokens, fullCount(text.slice(start, end)));
    }
  });

  it('is the same whether it came at once or in slices', () => {
    const text = randomText(randomFrom(9), 2000);
    const document = new ChunkedText();
    for (let start = 0; start < text.length; start += 777) {
      document.replace(document.length, 0, text.slice(start, start + 777));
    }
    assert.equal(textOf(document.chunks), text);
    assert.equal(countAll(new ChunkCounter(encoding), document.chunks).tokens, fullCount(text));
  });

  it('becomes empty and full again', () => {
    const document = chunked('one two three');
    document.replace(0, 13, '');
    assert.deepEqual([document.length, document.chunks], [0, []]);
    document.replace(0, 0, 'four');
    assert.equal(textOf(document.chunks), 'four');
  });

  it('counts again only what an edit touches', () => {
    const counted: number[] = [];
    const spy: Encoding = {
      count(text) {
        counted.push(text.length);
        return encoding.count(text);
      },
    };
    const counter = new ChunkCounter(spy);
    const document = chunked('if (ready) return next(value);\n'.repeat(3000));
    countAll(counter, document.chunks);
    for (const offset of [0, 40_000, document.length]) {
      counted.length = 0;
      document.replace(offset, 0, 'x');
      countAll(counter, document.chunks);
      const characters = counted.reduce((sum, length) => sum + length, 0);
      assert.ok(characters > 0 && characters < 2500, `${characters} characters at ${offset}`);
    }
  });

  it('bounds its chunks where there is no safe cut, and says that the sum is not exact', () => {
    const document = chunked('中'.repeat(50_000));
    document.replace(20_000, 0, '文');
    assert.ok(document.chunks.every((chunk) => chunk.text.length <= 2048));
    assert.equal(countAll(new ChunkCounter(encoding), document.chunks).isExact, false);
  }).timeout(60_000);

  it('does not split a character where it must cut anywhere', () => {
    const document = chunked(`.${'😀'.repeat(5_000)}`);
    assert.ok(document.chunks.length > 1);
    for (const { text } of document.chunks) assert.doesNotMatch(text, /\p{Surrogate}/u);
  });

  it('is exact again once a break is typed into an unbroken run', () => {
    const run = 'aB'.repeat(1_500);
    const document = chunked(run);
    const counter = new ChunkCounter(encoding);
    assert.equal(countAll(counter, document.chunks).isExact, false);
    const broken = run.replace(/.{20}/g, '$& ');
    document.replace(0, run.length, broken);
    assert.deepEqual(countAll(counter, document.chunks), { tokens: fullCount(broken), isExact: true });
  });

  it('lets go between stretches of work', () => {
    const steps = [...new ChunkCounter(encoding).count(chunked('word '.repeat(10_000)).chunks)];
    assert.ok(steps.length >= 5, `${steps.length} steps`);
  });
});
