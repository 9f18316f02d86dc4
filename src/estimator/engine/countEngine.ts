/**
 * Counts exactly what an encoding of OpenAI's makes of a text, without making it: no token is ever built. Needs
 * nothing of Node's, and runs the same in a web worker.
 */

import { CharacterClass, CharacterClasses } from '../characters.ts';
import type { Count, Encoding } from '../encoding.ts';
import { SafeCuts } from '../safeCuts.ts';
import { Barriers } from './barriers.ts';
import { splitterFor } from './patterns.ts';
import { PieceCounter } from './pieceCounter.ts';
import { forEachToken } from './rankText.ts';
import type { Splitter } from './splitter.ts';
import { Utf8Text } from './text.ts';
import { Vocabulary } from './vocabulary.ts';

/** An encoding as `js-tiktoken` ships it. */
export interface Ranks {
  /** The pattern of its pieces, one that `patterns.ts` knows. */
  readonly pat_str: string;
  /** See `rankText.ts`. */
  readonly bpe_ranks: string;
}

/** UTF-16 code units that are counted at a time: their bytes and pieces stay within the processor's nearest caches. */
const sliceLength = 8192;

/** Pieces that are split off before they are counted. */
const batch = 4096;

/** Builds the tables of an encoding: a tenth of a second and some 15 MB for `o200k_base`. */
export function createCountEngine({ pat_str, bpe_ranks }: Ranks): Encoding {
  const classes = new CharacterClasses();
  const vocabulary = new Vocabulary(bpe_ranks.length / charactersPerToken);
  const barriers = new Barriers();
  forEachToken(bpe_ranks, (token, length, rank) => {
    vocabulary.add(token, length, rank);
    barriers.add(token, length);
  });
  return new CountEngine(splitterFor(pat_str, classes), new PieceCounter(vocabulary, barriers), classes);
}

/** What a token takes in the text of ranks: its base64, and a space. A little less than of any encoding. */
const charactersPerToken = 10;

class CountEngine implements Encoding {
  readonly #splitter: Splitter;
  readonly #counter: PieceCounter;
  readonly #cuts: SafeCuts;
  readonly #text = new Utf8Text();
  readonly #ends = new Int32Array(batch);

  constructor(splitter: Splitter, counter: PieceCounter, classes: CharacterClasses) {
    this.#splitter = splitter;
    this.#counter = counter;
    this.#cuts = new SafeCuts(classes);
  }

  count(text: string): Count {
    const roughBefore = this.#counter.roughPieces;
    let tokens = 0;
    for (let start = 0; start < text.length; ) {
      const end = this.#endOfSlice(text, start);
      tokens += this.#countSlice(text.slice(start, end));
      start = end;
    }
    return { tokens, isExact: this.#counter.roughPieces === roughBefore };
  }

  #countSlice(slice: string): number {
    const text = this.#text;
    const ends = this.#ends;
    text.set(slice);
    let tokens = 0;
    for (let at = 0; at < text.length; ) {
      const pieces = this.#splitter.split(text, at, ends);
      tokens += this.#counter.count(text.view, at, ends, pieces);
      at = ends[pieces - 1] ?? text.length;
    }
    return tokens;
  }

  /** The first cut at which the text can be counted in two, after the usual length. */
  #endOfSlice(text: string, start: number): number {
    let end = start + sliceLength;
    while (end < text.length && !this.#canCut(text, end)) end++;
    return Math.min(end, text.length);
  }

  #canCut(text: string, at: number): boolean {
    if (!this.#cuts.isSafe(text, at)) return false;
    return (
      this.#splitter.cutsAfterLineBreaks || this.#cuts.classBefore(text, at) !== CharacterClass.lineBreak
    );
  }
}
