/** What is known of files by now, so that only those that changed are read and counted again. */

import type { CountedText } from '../countedText.ts';
import type { Count, Encoding } from '../encoding.ts';
import type { ImageSize } from '../images.ts';
import type { SafeCuts } from '../safeCuts.ts';
import { outsideCode } from './codeSpans.ts';
import { countText, type Pause, runCounting } from './countText.ts';
import type { Files } from './files.ts';
import { type FrontMatter, readFrontMatter } from './frontMatter.ts';
import { imageHeadBytes, readPixelSize } from './imageSize.ts';
import { linesOf } from './lines.ts';
import { findReferences, type LineSpan, type Reference } from './references.ts';
import { decodeText, headOf, wholeText } from './textBytes.ts';

/** A file as it was looked at. */
export interface FoundFile {
  readonly path: string;
  readonly realPath: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

/** What an instruction file says to the agent itself. */
export interface InstructionFacts {
  readonly frontMatter: FrontMatter;
  /** Mentions outside of code. */
  readonly imports: readonly Reference[];
}

/** What was counted of a file. */
export interface FileCount {
  readonly count: Count;
  /** Whether it is counted as the editor has it. */
  readonly isLive: boolean;
}

/** The part of a file that is sent. */
export interface Cut {
  readonly lines: LineSpan | null;
  /** The first bytes alone; `null` for all. */
  readonly bytes: number | null;
}

/** Larger files are not counted: no agent sends them whole. */
export const largestBytes = 5 * 1024 * 1024;

/** Characters in which imports are looked for. */
export const searchedLength = 256 * 1024;

/** Counts of files take little; the files of a large project fit. */
const mostKnown = 5_000;

interface Knowledge {
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  facts?: InstructionFacts | null;
  pixels?: ImageSize | null;
  /** `null` where the file is not text. */
  readonly counts: Map<Encoding, Map<string, Count | null>>;
}

export class KnownFiles {
  readonly #files: Files;
  readonly #cuts: SafeCuts;
  readonly #pause: Pause;
  readonly #known = new Map<string, Knowledge>();
  /** Texts that were read for their facts, kept to be counted in the same round. */
  readonly #texts = new Map<string, string | null>();

  constructor(files: Files, cuts: SafeCuts, pause: Pause) {
    this.#files = files;
    this.#cuts = cuts;
    this.#pause = pause;
  }

  /** @returns `null` for what is not text or cannot be read */
  async facts(file: FoundFile, live: CountedText | undefined): Promise<InstructionFacts | null> {
    const head = live?.textUpTo(searchedLength) ?? '';
    if (live && head.length >= Math.min(live.length, searchedLength)) return factsOf(head);
    const known = this.#knowledge(file);
    if (known.facts === undefined) {
      const text = await this.#text(file);
      if (text === undefined) return null;
      known.facts = text === null ? null : factsOf(text.slice(0, searchedLength));
    }
    return known.facts;
  }

  /** @returns `null` where the header tells no size, `undefined` where it cannot be read */
  async pixelSize(file: FoundFile): Promise<ImageSize | null | undefined> {
    const known = this.#knowledge(file);
    if (known.pixels === undefined) {
      const head = await this.#files.read(file.realPath, imageHeadBytes);
      if (head === null) return undefined;
      known.pixels = readPixelSize(head);
    }
    return known.pixels;
  }

  /** @returns `null` for what is not text, `undefined` for what cannot be read: it may be next time */
  async count(
    file: FoundFile,
    cut: Cut,
    encoding: Encoding,
    live: CountedText | undefined,
  ): Promise<FileCount | null | undefined> {
    const known = live && (await this.#countLive(live, cut, encoding));
    if (known) return { count: known, isLive: true };
    const count = await this.#countSaved(file, cut, encoding);
    return count && { count, isLive: false };
  }

  async #countSaved(file: FoundFile, cut: Cut, encoding: Encoding): Promise<Count | null | undefined> {
    const counts = this.#counts(file, encoding);
    const key = keyOf(cut);
    const known = counts.get(key);
    if (known !== undefined) return known;
    const text = cut.bytes === null ? await this.#text(file) : await this.#read(file, cut.bytes);
    if (text === undefined) return undefined;
    const count = text === null ? null : await this.countNew(linesOf(text, cut.lines), encoding);
    counts.set(key, count);
    return count;
  }

  /** Counts a text that is kept nowhere. */
  countNew(text: string, encoding: Encoding): Promise<Count> {
    return countText(text, encoding, this.#cuts, this.#pause);
  }

  /** Ends a round: what was read in it is forgotten but for what it told. */
  endRound(): void {
    this.#texts.clear();
    for (const path of [...this.#known.keys()].slice(0, -mostKnown)) this.#known.delete(path);
  }

  /** `undefined` of a long text that is not all at hand: what is on the disk stands for it. */
  async #countLive(live: CountedText, { lines, bytes }: Cut, encoding: Encoding): Promise<Count | undefined> {
    if (lines === null && bytes === null) return runCounting(live.count(encoding), this.#pause);
    const text = wholeText(live);
    if (text === undefined) return undefined;
    return this.countNew(linesOf(bytes === null ? text : headOf(text, bytes), lines), encoding);
  }

  #knowledge({ realPath, sizeBytes, modifiedMs }: FoundFile): Knowledge {
    const known = this.#known.get(realPath);
    if (known?.sizeBytes === sizeBytes && known.modifiedMs === modifiedMs) return known;
    const fresh: Knowledge = { sizeBytes, modifiedMs, counts: new Map() };
    this.#known.delete(realPath);
    this.#known.set(realPath, fresh);
    return fresh;
  }

  #counts(file: FoundFile, encoding: Encoding): Map<string, Count | null> {
    const { counts } = this.#knowledge(file);
    const known = counts.get(encoding) ?? new Map<string, Count | null>();
    counts.set(encoding, known);
    return known;
  }

  async #text(file: FoundFile): Promise<string | null | undefined> {
    const known = this.#texts.get(file.realPath);
    if (known !== undefined) return known;
    const text = await this.#read(file, largestBytes);
    if (text !== undefined) this.#texts.set(file.realPath, text);
    return text;
  }

  async #read({ realPath }: FoundFile, limitBytes: number): Promise<string | null | undefined> {
    const bytes = await this.#files.read(realPath, limitBytes);
    return bytes === null ? undefined : decodeText(bytes);
  }
}

function factsOf(text: string): InstructionFacts {
  const { references } = findReferences(text, outsideCode(text));
  return {
    frontMatter: readFrontMatter(text),
    imports: references.filter(({ syntax }) => syntax === 'mention'),
  };
}

function keyOf({ lines, bytes }: Cut): string {
  return `${lines?.first ?? ''}-${lines?.last ?? ''}:${bytes ?? ''}`;
}
