import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { LongMerge } from '../../../src/estimator/engine/longMerge.ts';
import { Merger } from '../../../src/estimator/engine/merge.ts';
import { forEachToken } from '../../../src/estimator/engine/rankText.ts';
import { Vocabulary } from '../../../src/estimator/engine/vocabulary.ts';
import { randomFrom, ranks, ranksNames } from './texts.ts';

for (const name of ranksNames) {
  describe(`merging with ${name}`, () => {
    const text = ranks[name].bpe_ranks;
    const vocabulary = new Vocabulary(text.split(' ').length);
    forEachToken(text, (token, length, rank) => vocabulary.add(token, length, rank));
    const merger = new Merger(vocabulary);

    it('makes every token of its own bytes, so that parts of a piece may be looked up', () => {
      const apart: number[] = [];
      forEachToken(text, (token, length, rank) => {
        if (merger.count(token, 0, length) !== 1) apart.push(rank);
      });
      assert.deepEqual(apart, []);
    }).timeout(60_000);

    it('comes to the same whether it looks at all pairs or keeps them in a heap', () => {
      const random = randomFrom(23);
      const long = new LongMerge(vocabulary);
      for (let round = 0; round < 2_000; round++) {
        const bytes = Buffer.alloc(176);
        const letters = 1 + random(8);
        for (let at = 0; at < 160; at++) bytes[at] = 0x61 + random(letters);
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
        const [start, end] = [random(40), 60 + random(100)];
        assert.equal(long.count(view, start, end), merger.count(view, start, end), bytes.toString());
      }
    }).timeout(60_000);
  });
}
