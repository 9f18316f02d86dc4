/** Counts the tokens of a piece that is none itself: merges neighbours, the pair of lowest rank first. */

import { LongMerge } from './longMerge.ts';
import { noRank, type Vocabulary } from './vocabulary.ts';

/** The longest that is merged whole, in bytes: what takes half a second and 30 MB for a moment. */
export const mostMerged = 2 ** 20;

/** Up to so many bytes the lowest rank is found fastest by looking at all. */
const mostScanned = 160;

export class Merger {
  readonly #vocabulary: Vocabulary;
  readonly #long: LongMerge;
  /** Where the parts begin that are left, and the end. */
  readonly #starts = new Int32Array(mostScanned + 1);
  /** For each part, the rank of what it makes together with the next. */
  readonly #ranks = new Int32Array(mostScanned + 1);

  /** How many pieces were counted in parts. */
  roughPieces = 0;

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
    this.#long = new LongMerge(vocabulary);
  }

  count(text: DataView, start: number, end: number): number {
    if (end - start <= mostScanned) return this.#countByScan(text, start, end);
    if (end - start <= mostMerged) return this.#long.count(text, start, end);
    this.roughPieces += 1;
    let tokens = 0;
    for (let part = start; part < end; part += mostMerged) {
      tokens += this.#long.count(text, part, Math.min(part + mostMerged, end));
    }
    return tokens;
  }

  #countByScan(text: DataView, start: number, end: number): number {
    const starts = this.#starts;
    const ranks = this.#ranks;
    let parts = end - start;
    for (let part = 0; part < parts; part++) {
      starts[part] = start + part;
      ranks[part] = part + 1 < parts ? this.#vocabulary.rankOfPair(text, start + part) : noRank;
    }
    starts[parts] = end;
    for (;;) {
      const lowest = indexOfLowest(ranks, parts);
      if (ranks[lowest] === noRank) return parts;
      parts -= 1;
      for (let part = lowest + 1; part < parts; part++) {
        starts[part] = starts[part + 1] ?? end;
        ranks[part] = ranks[part + 1] ?? noRank;
      }
      starts[parts] = end;
      if (lowest > 0) ranks[lowest - 1] = this.#rankWithNext(text, lowest - 1, parts);
      ranks[lowest] = this.#rankWithNext(text, lowest, parts);
    }
  }

  #rankWithNext(text: DataView, part: number, parts: number): number {
    if (part + 1 >= parts) return noRank;
    return this.#vocabulary.rankOf(text, this.#starts[part] ?? 0, this.#starts[part + 2] ?? 0);
  }
}

function indexOfLowest(ranks: Int32Array, parts: number): number {
  let lowest = 0;
  let lowestRank = ranks[0] ?? noRank;
  for (let part = 1; part < parts; part++) {
    const rank = ranks[part] ?? noRank;
    if (rank >= lowestRank) continue;
    lowestRank = rank;
    lowest = part;
  }
  return lowest;
}
