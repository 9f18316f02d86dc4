/**
 * Estimates what a tokenizer that is not public makes of a text: each piece of a public encoding costs the sum of its
 * features, each times a weight. A piece costs the same wherever it stands, so what holds for tokens holds for costs:
 * over safe cuts they add up exactly, chunk by chunk.
 */

import type { CharacterClasses } from '../characters.ts';
import { type Count, type Encoding, unitsPerToken } from '../encoding.ts';
import { FeatureSum } from './features.ts';
import { PieceCosts } from './pieceCosts.ts';
import type { PieceCounter } from './pieceCounter.ts';
import type { Slicer } from './slicer.ts';
import type { Splitter } from './splitter.ts';
import { Utf8Text } from './text.ts';
import { noRank, type Vocabulary } from './vocabulary.ts';

/** What an engine lends: its tables, of which there should be one in a process. */
export interface CountingTables {
  readonly classes: CharacterClasses;
  readonly vocabulary: Vocabulary;
  readonly splitter: Splitter;
  readonly counter: PieceCounter;
  readonly slicer: Slicer;
}

/** Pieces that are split off before they are counted. */
const batch = 4096;

export class WeightedEncoding implements Encoding {
  readonly #tables: CountingTables;
  readonly #weights: readonly number[];
  readonly #features: FeatureSum;
  readonly #costs = new PieceCosts();
  readonly #text = new Utf8Text();
  readonly #ends = new Int32Array(batch);
  readonly #end = new Int32Array(1);

  /** @param weights units by feature, in the order of `featureNames`; whole numbers */
  constructor(tables: CountingTables, weights: readonly number[]) {
    this.#tables = tables;
    this.#weights = weights;
    this.#features = new FeatureSum(tables.classes);
  }

  count(text: string): Count {
    const { counter, slicer } = this.#tables;
    const roughBefore = counter.roughPieces;
    let units = 0;
    for (let start = 0; start < text.length; ) {
      const end = slicer.endOfSlice(text, start);
      units += this.#countSlice(text.slice(start, end));
      start = end;
    }
    return { tokens: units / unitsPerToken, isExact: counter.roughPieces === roughBefore };
  }

  #countSlice(slice: string): number {
    const text = this.#text;
    text.set(slice);
    let units = 0;
    let start = 0;
    while (start < text.length) {
      const pieces = this.#tables.splitter.split(text, start, this.#ends);
      for (let piece = 0; piece < pieces; piece++) {
        const end = this.#ends[piece] ?? text.length;
        units += this.#costs.of(text.view, start, end, this.#weigh);
        start = end;
      }
    }
    return units;
  }

  /** A piece costs nothing at the least: single weights mean little, and may be below. */
  readonly #weigh = (text: DataView, start: number, end: number): number => {
    const { counter, vocabulary } = this.#tables;
    this.#end[0] = end;
    const tokens = counter.count(text, start, this.#end, 1);
    const rank = tokens === 1 ? vocabulary.rankOf(text, start, end) : noRank;
    this.#features.clear();
    this.#features.add(text, start, end, tokens, rank);
    const { values } = this.#features;
    let units = 0;
    for (let feature = 0; feature < values.length; feature++) {
      units += (this.#weights[feature] ?? 0) * (values[feature] ?? 0);
    }
    return Math.max(0, units);
  };
}
