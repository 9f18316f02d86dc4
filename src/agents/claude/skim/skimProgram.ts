/** The program that skims lines, in the memory of a block: what it is asked, and what it answers. */

import { programBytes } from '../../logBlock.ts';
import type { NumberRows, RunRows } from '../../replyRun.ts';
import * as layout from './program/layout.ts';
import { callColumnCount, receiptColumnCount, rowIdCount } from './program/rowColumns.ts';
import { programText } from './programText.ts';
import { names, words } from './words.ts';

/** Where texts stand in the memory: after an opening quote, and before the closing one. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Why the program stopped, see `layout.ts`. */
export type Outcome = number;

/** What a reader has to say before lines are taken. */
export interface Question {
  /** Offset in the block. */
  readonly start: number;
  readonly end: number;
  /** Calls that wait for a result, besides those that the program has met itself. */
  readonly waiting: number;
  /** Sub-agents that were started and have no result. */
  readonly spawns: number;
  /** The session needs no name: its prompts may be taken. */
  readonly isNamed: boolean;
}

/** What stands in rows for texts, and in all rows of receipts. */
export interface RowNumbers {
  readonly receipt: Float64Array;
  reasonNumber(reason: string): number;
  toolNumber(name: string): number;
}

export interface RunPlace {
  /** When its day began, in milliseconds since 1970 UTC. */
  readonly dayMs: number;
  /** Of the session before the run; `NaN` where they are not counted. */
  readonly prompts: number;
  /** Whether the prompts of the run are its session's. */
  readonly hasPrompts: boolean;
}

export class SkimProgram {
  readonly bytes: Buffer;
  readonly #numbers: Int32Array;
  readonly #floats: Float64Array;
  readonly #hashes: BigInt64Array;
  readonly #run: (from: number, to: number) => number;
  readonly #adopt: () => void;
  readonly #fill: (dayMs: number, prompts: number, hasPrompts: number) => void;
  readonly #texts: string[] = [];
  #teller: object | null = null;

  /** @throws where the machine lacks what the program needs */
  constructor(memory: WebAssembly.Memory) {
    this.bytes = Buffer.from(memory.buffer);
    this.#numbers = new Int32Array(memory.buffer);
    this.#floats = new Float64Array(memory.buffer);
    this.#hashes = new BigInt64Array(memory.buffer);
    const module = new WebAssembly.Module(Buffer.from(programText, 'base64'));
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    this.#run = exports.run as (from: number, to: number) => number;
    this.#adopt = exports.adopt as () => void;
    this.#fill = exports.fill as (dayMs: number, prompts: number, hasPrompts: number) => void;
    this.#writeNames();
    for (const [word, text] of Object.entries(words)) {
      this.#writeText(layout.wordsAt + Number(word) * layout.wordStride, text);
    }
  }

  /** Takes lines. Before the next are, all that it tells of them must have been read. */
  run({ start, end, waiting, spawns, isNamed }: Question): Outcome {
    this.#set(layout.waitingAt, waiting);
    this.#set(layout.spawnsAt, spawns);
    this.#set(layout.isNamedAt, Number(isNamed));
    return this.#run(programBytes + start, programBytes + end);
  }

  /** Makes rows of the responses and calls of the last run. */
  fill({ receipt, reasonNumber, toolNumber }: RowNumbers, { dayMs, prompts, hasPrompts }: RunPlace): RunRows {
    this.#floats.set(receipt, layout.sharedAt >> 3);
    this.#setNumbers(layout.reasonsMetAt, layout.reasonNumbersAt, reasonNumber);
    this.#setNumbers(layout.toolsMetAt, layout.toolNumbersAt, toolNumber);
    this.#fill(dayMs, prompts, Number(hasPrompts));
    return {
      receipts: this.#rowsAt(
        layout.replyCountAt,
        layout.receiptRowsAt,
        layout.receiptIdsAt,
        receiptColumnCount,
      ),
      calls: this.#rowsAt(layout.callCountAt, layout.callRowsAt, layout.callIdsAt, callColumnCount),
    };
  }

  /** Says of the texts that a run has met what stands for them in rows. */
  #setNumbers(metAt: number, numbersAt: number, numberOf: (text: string) => number): void {
    const { texts } = this;
    for (const half of [0, 1]) {
      for (let left = this.number(metAt + 4 * half); left !== 0; left &= left - 1) {
        const number = 32 * half + 31 - Math.clz32(left & -left);
        this.#floats[(numbersAt >> 3) + number] = numberOf(texts[number] ?? '');
      }
    }
  }

  #rowsAt(countAt: number, numbersAt: number, idsAt: number, columns: number): NumberRows {
    const count = this.number(countAt);
    return {
      count,
      numbers: this.#floats.subarray(numbersAt >> 3, (numbersAt >> 3) + count * columns),
      ids: this.#hashes.subarray(idsAt >> 3, (idsAt >> 3) + count * rowIdCount),
    };
  }

  /** Who tells of lines like the one that was adopted last. */
  get teller(): object | null {
    return this.#teller;
  }

  /** Takes lines like the one at which it stopped from now on. */
  adopt(teller: object): void {
    this.#teller = teller;
    this.#adopt();
  }

  /** Knows of no line that others could be like. */
  forget(): void {
    this.#teller = null;
    this.#set(layout.hasContextAt, 0);
  }

  /** Texts that repeat, by their numbers: all that were met up to now. */
  get texts(): readonly string[] {
    for (let number = this.#texts.length; number < this.number(layout.textCountAt); number++) {
      const at = layout.textsAt + number * layout.textStride;
      this.#texts.push(this.text({ start: at + 4, end: at + 4 + this.number(at) }));
    }
    return this.#texts;
  }

  /** Makes room for other texts. Runs that were told of hold none of the numbers any more. */
  forgetTexts(): void {
    this.#set(layout.textCountAt, 0);
    this.#texts.length = 0;
  }

  /** `uuid`s of lines that are not to be taken. */
  leave(uuids: readonly string[]): void {
    this.#set(layout.leafCountAt, uuids.length);
    for (const [index, uuid] of uuids.entries()) {
      this.#writeText(layout.leavesAt + index * layout.wordStride, uuid);
    }
  }

  /** Offset in the block of the first line that was not taken. */
  get stop(): number {
    return this.number(layout.stopAt) - programBytes;
  }

  /** A number that stands at a place in the memory. */
  number(at: number): number {
    return this.#numbers[at >> 2] ?? 0;
  }

  float(at: number): number {
    return this.#floats[at >> 3] ?? Number.NaN;
  }

  /** The span of which the place says where it begins, and the next place where it ends. */
  span(at: number): Span {
    return { start: this.number(at), end: this.number(at + 4) };
  }

  /** The value of a field of the line at which it stopped, with its quotes if it is a text; `null` where there is none. */
  field(field: number): Span | null {
    const span = this.span(layout.fieldsAt + field * 8);
    return span.start < 0 ? null : span;
  }

  /** A text of ASCII in which nothing is escaped. */
  text({ start, end }: Span): string {
    return this.bytes.toString('latin1', start, end);
  }

  #set(at: number, number: number): void {
    this.#numbers[at >> 2] = number;
  }

  #writeNames(): void {
    let at = layout.namesAt;
    for (const [shape, fields] of names) {
      this.#set(layout.shapesAt + shape * 4, at);
      for (const [name, field] of Object.entries(fields)) {
        this.#set(at, layout.nameKey(name.length, name.charCodeAt(0)));
        this.#set(at + 4, field);
        this.bytes.write(name, at + layout.nameBytesAt, 'latin1');
        at += layout.nameStride;
      }
      this.#set(at, 0);
      at += layout.nameStride;
    }
  }

  #writeText(at: number, text: string): void {
    this.#set(at, text.length);
    this.bytes.write(text, at + 4, 'latin1');
  }
}
