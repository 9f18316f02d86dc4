import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { CharacterClasses } from '../../../src/estimator/characters.ts';
import type { Chunk } from '../../../src/estimator/chunk.ts';
import { ChunkedText } from '../../../src/estimator/chunkedText.ts';
import { SafeCuts } from '../../../src/estimator/safeCuts.ts';
import { randomEdit, randomFrom, randomText } from './texts.ts';

const cuts = new SafeCuts(new CharacterClasses());

const chunked = (text: string) => new ChunkedText(cuts, text);

const textOf = (chunks: Iterable<Chunk>) =>
  Array.from(chunks, (chunk) => chunk.text ?? assert.fail('no text')).join('');
const lengthsOf = (chunks: Iterable<Chunk>) => Array.from(chunks, (chunk) => chunk.length);

function assertCutSafely(document: ChunkedText): void {
  const chunks = [...document.chunks];
  for (const [index, { length, edges }] of chunks.entries()) {
    const next = chunks[index + 1];
    assert.ok(length > 0);
    if (next)
      assert.ok(
        cuts.isSafeBetween(edges, next.edges),
        JSON.stringify([edges.slice(-20), next.edges.slice(0, 20)]),
      );
  }
}

describe('a chunked text', () => {
  it('holds its text, cut safely, after every one of many random edits, and tells what they changed', () => {
    const random = randomFrom(3);
    let text = randomText(random, 3_000);
    const document = chunked(text);
    const listed = new Set(document.chunks);
    for (let round = 0; round < 3_000; round++) {
      const { offset, length, inserted } = randomEdit(random, text);
      text = text.slice(0, offset) + inserted + text.slice(offset + length);
      const { removed, added } = document.replace(offset, length, inserted);
      for (const chunk of removed) assert.ok(listed.delete(chunk));
      for (const chunk of added) listed.add(chunk);
      assert.equal(document.length, text.length);
      assert.equal(textOf(document.chunks), text);
      assert.deepEqual(listed, new Set(document.chunks));
      assertCutSafely(document);
    }
  }).timeout(60_000);

  it('gives any span of its text', () => {
    const random = randomFrom(5);
    const text = randomText(random, 2_000);
    const document = chunked(text);
    for (let round = 0; round < 500; round++) {
      const start = random(text.length + 1);
      const end = start + random(text.length - start + 1);
      document.replace(start, 0, '');
      assert.equal(textOf(document.slice({ start, end }).chunks), text.slice(start, end));
    }
    assert.deepEqual(document.slice({ start: 0, end: text.length }), {
      chunks: [...document.chunks],
      cut: [],
    });
  });

  it('is the same whether it came at once or in slices', () => {
    const text = randomText(randomFrom(9), 2_000);
    const document = new ChunkedText(cuts);
    for (let start = 0; start < text.length; start += 777) {
      document.replace(document.length, 0, text.slice(start, start + 777));
    }
    assert.equal(textOf(document.chunks), text);
    assertCutSafely(document);
  });

  it('becomes empty and full again', () => {
    const document = chunked('one two three');
    document.replace(0, 13, '');
    assert.deepEqual([document.length, [...document.chunks]], [0, []]);
    document.replace(0, 0, 'four');
    assert.equal(textOf(document.chunks), 'four');
  });

  it('keeps its chunks near their usual length wherever it can be cut', () => {
    const document = chunked('if (ready) return next(value);\n'.repeat(3_000));
    for (let round = 0; round < 400; round++) document.replace(40_000 + 3 * round, 0, ' ok');
    for (let round = 0; round < 400; round++) document.replace(20_000, 40, '');
    const lengths = lengthsOf(document.chunks);
    assert.ok(Math.max(...lengths) < 700, `${Math.max(...lengths)} at most`);
    assert.ok(document.length / lengths.length > 300, `${document.length / lengths.length} on average`);
  });

  it('touches but the chunks around an edit', () => {
    const document = chunked('if (ready) return next(value);\n'.repeat(30_000));
    for (const offset of [0, 400_000, document.length]) {
      const { added } = document.replace(offset, 0, 'x');
      const length = textOf(added).length;
      assert.ok(length > 0 && length < 1_500, `${length} characters at ${offset}`);
    }
  });

  it('leaves a run whole that has no safe cut, and cuts it as soon as it has', () => {
    const document = chunked('中'.repeat(50_000));
    assert.deepEqual(lengthsOf(document.chunks), [50_000]);
    document.replace(20_000, 0, '文');
    assert.deepEqual(lengthsOf(document.chunks), [50_001]);
    document.replace(30_000, 0, ' ');
    assert.deepEqual(lengthsOf(document.chunks), [30_000, 20_002]);
    document.replace(30_000, 1, '');
    assert.deepEqual(lengthsOf(document.chunks), [50_001]);
    document.replace(0, 50_001, 'some words '.repeat(4_000));
    assert.ok(Math.max(...lengthsOf(document.chunks)) < 700);
  });

  it('takes an insertion of many thousand chunks', () => {
    const line = 'if (ready) return next(value);\n';
    const document = chunked(line.repeat(100));
    document.replace(line.length * 50, 0, line.repeat(300_000));
    assert.equal(document.length, line.length * 300_100);
    assert.equal(
      textOf(document.slice({ start: 9_000_000, end: 9_000_100 }).chunks),
      line.repeat(5).slice(9_000_000 % line.length, (9_000_000 % line.length) + 100),
    );
  });
});
