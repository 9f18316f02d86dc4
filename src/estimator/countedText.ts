/** A text that changes, counted in as many encodings as are asked for. A long one keeps its counts, but not its text. */

import type { Chunk } from './chunk.ts';
import { type ChunkChange, ChunkedText } from './chunkedText.ts';
import type { Span } from './chunkList.ts';
import type { Count, Encoding } from './encoding.ts';
import { isGiant } from './giantRuns.ts';
import { KeptText } from './keptText.ts';
import type { SafeCuts } from './safeCuts.ts';
import { Tally } from './tally.ts';

/** In UTF-16 code units. */
export interface CountedTextOptions {
  readonly text?: string;
  /** Length of what follows `text` and is still to be supplied. */
  readonly unreadLength?: number;
  /** A text up to this length keeps all of itself. */
  readonly mostKept?: number;
  /** So many chunks of a longer one keep their text: those counted last, where somebody types. */
  readonly mostRecent?: number;
}

/** Those of two families, each of which may count its doubts beside its tokens. */
const mostTallies = 4;

export class CountedText {
  readonly #text: ChunkedText;
  /** The one asked for last at the end. */
  readonly #tallies = new Map<Encoding, Tally>();
  /** Those for which text is kept until all of them have counted it. */
  #asked: readonly Tally[] = [];
  readonly #kept: KeptText;
  readonly #mostKept: number;
  #version = 0;

  constructor(
    cuts: SafeCuts,
    { text = '', unreadLength = 0, mostKept = 2 ** 20, mostRecent = 64 }: CountedTextOptions = {},
  ) {
    this.#text = new ChunkedText(cuts, text, unreadLength);
    this.#mostKept = mostKept;
    this.#kept = new KeptText(mostRecent);
  }

  /** In UTF-16 code units. */
  get length(): number {
    return this.#text.length;
  }

  /** How many changes there were. */
  get version(): number {
    return this.#version;
  }

  /** As `ChunkedText.replace`. */
  replace(offset: number, length: number, text: string | number): void {
    this.#version += 1;
    this.#update(this.#text.replace(offset, length, text));
  }

  /** Takes in text that was wanted, as it is from `offset` on; false when it cannot be what was there. */
  supply(offset: number, text: string): boolean {
    const changes = this.#text.supply(offset, text);
    for (const change of changes ?? []) this.#update(change);
    return changes !== undefined;
  }

  /**
   * Has the text serve all of these encodings before it is let go. Forgets the counts in those asked for longest ago,
   * but not in those before these: two models that are asked for in turns both get on.
   */
  ask(encodings: readonly Encoding[]): void {
    this.#asked = encodings.map((encoding) => {
      const tally = this.#tally(encoding);
      this.#tallies.delete(encoding);
      this.#tallies.set(encoding, tally);
      return tally;
    });
    for (const encoding of [...this.#tallies.keys()].slice(0, -mostTallies)) this.#tallies.delete(encoding);
  }

  /**
   * Holds on to the text of what spans cut, until others are counted: the counts of parts are not kept, and a long text
   * comes in slices.
   */
  hold(spans: readonly Span[]): void {
    if (this.length <= this.#mostKept) return;
    const cut = new Set(spans.flatMap((span) => this.#text.slice(span).cut));
    for (const chunk of this.#kept.hold(cut)) this.#noteCounted(chunk);
  }

  /** The text from its beginning, up to `length` code units or a little more, and no further than it is at hand. */
  textUpTo(length: number): string {
    let known = '';
    for (const { text } of this.#text.chunks) {
      if (text === undefined || known.length >= length) break;
      known += text;
    }
    return known;
  }

  /** The text of a span; `undefined` where it is not all at hand. */
  between(start: number, end: number): string | undefined {
    let known = '';
    for (const { text } of this.#text.slice({ start, end }).chunks) {
      if (text === undefined) return undefined;
      known += text;
    }
    return known;
  }

  /** Counts all of the text; yields as `Tally.count` does. `undefined` where text is wanted first. */
  count(encoding: Encoding): Generator<undefined, Count | undefined> {
    return this.#tally(encoding).count();
  }

  /** Counts what is in a span now; yields as `Tally.count` does. `undefined` where text is wanted first. */
  countSpan(encoding: Encoding, start: number, end: number): Generator<undefined, Count | undefined> {
    const tally = this.#tally(encoding);
    const { chunks, cut } = this.#text.slice({ start, end });
    for (const chunk of cut) {
      if (tally.has(chunk)) this.#noteCounted(chunk);
    }
    return tally.countOnly(chunks);
  }

  /** Where the text is that counting the spans, or without any all of the text, lacks; `most` code units of it. */
  wanted(encoding: Encoding, spans: readonly Span[], most: number): readonly Span[] {
    const tally = this.#tally(encoding);
    const lacking = spans.length === 0 ? tally.lacking : this.#lackingIn(spans, tally);
    return this.#text.locate(lacking, most);
  }

  /** Counts one of the giant runs that were guessed at so far; says whether there was one. */
  settle(): boolean {
    for (const tally of this.#tallies.values()) {
      if (tally.settle()) return true;
    }
    return false;
  }

  #tally(encoding: Encoding): Tally {
    const tally =
      this.#tallies.get(encoding) ??
      new Tally(encoding, this.#text.chunks, (chunk) => this.#noteCounted(chunk));
    this.#tallies.set(encoding, tally);
    return tally;
  }

  #update(change: ChunkChange): void {
    for (const chunk of change.removed) this.#kept.remove(chunk);
    for (const tally of this.#tallies.values()) tally.update(change);
  }

  #lackingIn(spans: readonly Span[], tally: Tally): ReadonlySet<Chunk> {
    const needed = spans
      .map((span) => this.#text.slice(span))
      .flatMap(({ chunks, cut }) => [...chunks.filter((chunk) => tally.awaits(chunk)), ...cut]);
    return new Set(needed.filter((chunk) => chunk.text === undefined));
  }

  /** Giant runs keep their text: whoever types in one would wait for all of it. */
  #noteCounted(chunk: Chunk): void {
    if (this.length <= this.#mostKept || chunk.text === undefined || isGiant(chunk.text)) return;
    if (this.#asked.some((tally) => tally.awaits(chunk))) return;
    this.#kept.add(chunk);
  }
}
