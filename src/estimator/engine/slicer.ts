/** Cuts a text that is counted at a stretch into slices whose bytes stay within the processor's nearest caches. */

import { CharacterClass, type CharacterClasses } from '../characters.ts';
import { SafeCuts } from '../safeCuts.ts';
import type { Splitter } from './splitter.ts';

/** In UTF-16 code units. */
const sliceLength = 8192;

export class Slicer {
  readonly #cuts: SafeCuts;
  readonly #cutsAfterLineBreaks: boolean;

  constructor(classes: CharacterClasses, { cutsAfterLineBreaks }: Splitter) {
    this.#cuts = new SafeCuts(classes);
    this.#cutsAfterLineBreaks = cutsAfterLineBreaks;
  }

  /** The first cut at which the text can be counted in two, after the usual length. */
  endOfSlice(text: string, start: number): number {
    let end = start + sliceLength;
    while (end < text.length && !this.#canCut(text, end)) end++;
    return Math.min(end, text.length);
  }

  #canCut(text: string, at: number): boolean {
    if (!this.#cuts.isSafe(text, at)) return false;
    return this.#cutsAfterLineBreaks || this.#cuts.classBefore(text, at) !== CharacterClass.lineBreak;
  }
}
