/**
 * Counts exactly what an encoding of OpenAI's makes of a text, without making it: no token is ever built. Needs
 * nothing of Node's, and runs the same in a web worker.
 */

import { CharacterClasses } from '../characters.ts';
import type { Count, Encoding, LoadedEncoding } from '../encoding.ts';
import { Barriers } from './barriers.ts';
import { splitterFor } from './patterns.ts';
import { PieceCounter } from './pieceCounter.ts';
import { forEachToken } from './rankText.ts';
import { Slicer } from './slicer.ts';
import { Utf8Text } from './text.ts';
import { Vocabulary } from './vocabulary.ts';
import { type CountingTables, WeightedEncoding } from './weightedEncoding.ts';

/** An encoding as `js-tiktoken` ships it. */
export interface Ranks {
  /** The pattern of its pieces, one that `patterns.ts` knows. */
  readonly pat_str: string;
  /** See `rankText.ts`. */
  readonly bpe_ranks: string;
}

/** Pieces that are split off before they are counted. */
const batch = 4096;

/** Builds the tables of an encoding: a tenth of a second and some 15 MB for `o200k_base`. */
export function createCountEngine({ pat_str, bpe_ranks }: Ranks): LoadedEncoding {
  const classes = new CharacterClasses();
  const vocabulary = new Vocabulary(bpe_ranks.length / charactersPerToken);
  const barriers = new Barriers();
  forEachToken(bpe_ranks, (token, length, rank) => {
    vocabulary.add(token, length, rank);
    barriers.add(token, length);
  });
  const splitter = splitterFor(pat_str, classes);
  const counter = new PieceCounter(vocabulary, barriers);
  return new CountEngine({ classes, vocabulary, splitter, counter, slicer: new Slicer(classes, splitter) });
}

/** What a token takes in the text of ranks: its base64, and a space. A little less than of any encoding. */
const charactersPerToken = 10;

class CountEngine implements LoadedEncoding {
  readonly #tables: CountingTables;
  readonly #text = new Utf8Text();
  readonly #ends = new Int32Array(batch);

  constructor(tables: CountingTables) {
    this.#tables = tables;
  }

  weighted(weights: readonly number[]): Encoding {
    return new WeightedEncoding(this.#tables, weights);
  }

  count(text: string): Count {
    const { counter, slicer } = this.#tables;
    const roughBefore = counter.roughPieces;
    let tokens = 0;
    for (let start = 0; start < text.length; ) {
      const end = slicer.endOfSlice(text, start);
      tokens += this.#countSlice(text.slice(start, end));
      start = end;
    }
    return { tokens, isExact: counter.roughPieces === roughBefore };
  }

  #countSlice(slice: string): number {
    const { splitter, counter } = this.#tables;
    const text = this.#text;
    const ends = this.#ends;
    text.set(slice);
    let tokens = 0;
    for (let at = 0; at < text.length; ) {
      const pieces = splitter.split(text, at, ends);
      tokens += counter.count(text.view, at, ends, pieces);
      at = ends[pieces - 1] ?? text.length;
    }
    return tokens;
  }
}
