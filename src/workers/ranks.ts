/** Loads vocabularies, which the build puts into files of their own. */

import { createRequire } from 'node:module';
import type { Ranks } from '../estimator/engine/countEngine.ts';

/** @param path absolute, of a module as `js-tiktoken/ranks/` has them */
export function loadRanks(path: string): Ranks {
  const vocabulary: { default: Ranks } = createRequire(path)(path);
  return vocabulary.default;
}
