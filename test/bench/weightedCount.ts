/** Estimating by features beside counting: the same texts of ten kinds, in one process, turn by turn. */

import o200k from 'js-tiktoken/ranks/o200k_base';
import type { Encoding } from '../../src/estimator/encoding.ts';
import { createCountEngine } from '../../src/estimator/engine/countEngine.ts';
import { weights } from '../../src/estimator/weights.ts';
import { compare, type Part } from './figure.ts';
import { corpora } from './tokenizers/corpora.ts';

const rounds = 5;

export const weightedCount: Part = {
  name: 'weighted-count',
  async run() {
    const counting = createCountEngine(o200k);
    const estimating = counting.weighted(weights['claude-4.7'].perFeature);
    const texts = corpora();
    for (const { warmUp } of texts) {
      counting.count(warmUp);
      estimating.count(warmUp);
    }
    const ours: number[] = [];
    const plain: number[] = [];
    for (let round = 0; round < rounds; round++) {
      ours.push(meanSpeed(estimating, texts));
      plain.push(meanSpeed(counting, texts));
    }
    return compare('weighted-count', 'ns/B', ours, { counting: plain });
  },
};

/** Nanoseconds a byte, geometric mean over the texts. */
function meanSpeed(encoding: Encoding, texts: ReturnType<typeof corpora>): number {
  const logarithms = texts.map(({ text }) => {
    const startMs = performance.now();
    encoding.count(text);
    return Math.log(((performance.now() - startMs) * 1e6) / Buffer.byteLength(text));
  });
  return Math.exp(logarithms.reduce((sum, value) => sum + value, 0) / logarithms.length);
}
