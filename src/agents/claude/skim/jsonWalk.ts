/**
 * Walks through JSON in its bytes and notes where the fields stand that are looked for, without making a value of any.
 * It knows JSON as programs write it, and goes no further where it meets anything else: white space, an object in an
 * unknown place, a name twice, a backslash in a text that nobody reads.
 */

import { type Names, startsWith } from './names.ts';

/** The fields of an object, and of those objects in it that are walked through as well. */
export interface Shape {
  readonly names: Names;
  readonly inner: Readonly<Record<number, Shape>>;
}

/** A name as it stands in an object, with its quotes and its colon. */
interface ReadName {
  readonly shape: Shape;
  readonly bytes: Uint8Array;
  readonly field: number;
}

const mostRemembered = 64;

/** What the walk asks on its way. Fields noted so far can be looked at. */
export interface Guide {
  /** Whether the text of a field is read after the walk, so that backslashes in it may be let pass. */
  reads(field: number): boolean;
  /** Whether to walk through the object at an offset that is the value of a field. */
  enters(field: number, at: number): boolean;
  /** Where a list ends that begins at an offset, the bracket included; -1 where the walk ends. */
  listEnd(field: number, at: number): number;
}

export class JsonWalk {
  #bytes: Uint8Array = new Uint8Array();
  #end = 0;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  readonly #guide: Guide;
  /** How many names were read of the line, and what they were on lines before. */
  #names = 0;
  readonly #lastNames: ReadName[] = [];

  constructor(fields: number, guide: Guide) {
    this.#starts = new Int32Array(fields);
    this.#ends = new Int32Array(fields);
    this.#guide = guide;
  }

  /** Whether between two offsets there is one object, of which all was understood. */
  through(bytes: Uint8Array, start: number, end: number, shape: Shape): boolean {
    this.#bytes = bytes;
    this.#end = end;
    this.#starts.fill(-1);
    this.#names = 0;
    return bytes[start] === openBrace && this.#objectEnd(start, shape) === end;
  }

  has(field: number): boolean {
    return this.start(field) >= 0;
  }

  /** Where the value of a field begins, with its quote if it is a text; -1 where there is none. */
  start(field: number): number {
    return this.#starts[field] ?? -1;
  }

  /** Where the value of a field ends, its closing quote included. */
  end(field: number): number {
    return this.#ends[field] ?? -1;
  }

  /** Whether there is a value of a field that begins with a byte, which tells what it is. */
  isAt(field: number, first: number): boolean {
    return this.#bytes[this.start(field)] === first;
  }

  #objectEnd(start: number, shape: Shape): number {
    const bytes = this.#bytes;
    for (let at = start + 1; ; at++) {
      const name = this.#nameAt(at, shape);
      if (name === null) return -1;
      const valueStart = at + name.bytes.length;
      at = this.#valueEnd(valueStart, name.field, shape);
      if (at < 0 || !this.#note(name.field, valueStart, at)) return -1;
      if (bytes[at] === closeBrace) return at + 1;
      if (bytes[at] !== comma) return -1;
    }
  }

  /** The name at an offset, mostly the one that stood in its place the last time; `null` where there is none. */
  #nameAt(at: number, shape: Shape): ReadName | null {
    const place = this.#names++;
    const last = this.#lastNames[place];
    if (last !== undefined && last.shape === shape && startsWith(this.#bytes, at, last.bytes)) return last;
    const end = wordEnd(this.#bytes, at, this.#end);
    if (end < 0 || this.#bytes[end] !== colon) return null;
    const field = shape.names.fieldAt(this.#bytes, at + 1, end - 1);
    const name = { shape, bytes: Buffer.from(this.#bytes.subarray(at, end + 1)), field };
    if (place < mostRemembered) this.#lastNames[place] = name;
    return name;
  }

  #note(field: number, start: number, end: number): boolean {
    if (field < 0) return true;
    if (this.has(field)) return false;
    this.#starts[field] = start;
    this.#ends[field] = end;
    return true;
  }

  #textEnd(at: number, field: number): number {
    const end = textEnd(this.#bytes, at, this.#end, false);
    return end < 0 && this.#guide.reads(field) ? textEnd(this.#bytes, at, this.#end, true) : end;
  }

  #valueEnd(at: number, field: number, shape: Shape): number {
    const first = this.#bytes[at];
    if (first === quote) return this.#textEnd(at, field);
    if (first === openBrace) {
      const inner = shape.inner[field];
      return inner !== undefined && this.#guide.enters(field, at) ? this.#objectEnd(at, inner) : -1;
    }
    if (first === openBracket) return this.#guide.listEnd(field, at);
    return plainEnd(this.#bytes, at, this.#end);
  }
}

export const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
export const openBracket = 0x5b;
export const backslash = 0x5c;
export const openBrace = 0x7b;
export const closeBrace = 0x7d;
const digit0 = 0x30;
const digit9 = 0x39;

/** Where a text of letters, digits and `_` ends, given where its quote is: after the other quote. -1 where it is none. */
function wordEnd(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] !== quote) return -1;
  for (let at = start + 1; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) return at > start + 1 ? at + 1 : -1;
    if (!isWordByte(byte)) return -1;
  }
  return -1;
}

export function isWordByte(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a) || isDigit(byte) || byte === 0x5f;
}

export function isDigit(byte: number): boolean {
  return byte >= digit0 && byte <= digit9;
}

/** Where a text ends, given where its quote is: after the other quote. -1 where it does not. */
function textEnd(bytes: Uint8Array, start: number, end: number, mayBeEscaped: boolean): number {
  for (let at = start + 1; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) return at + 1;
    if (byte < 0x20 || (byte === backslash && !mayBeEscaped)) return -1;
    if (byte === backslash) at++;
  }
  return -1;
}

const nullWord = Buffer.from('null', 'latin1');
const trueWord = Buffer.from('true', 'latin1');
const falseWord = Buffer.from('false', 'latin1');

/** Where a whole number or one of the three words ends; -1 where there is neither. */
function plainEnd(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start] ?? 0;
  if (!isDigit(first)) {
    const word = first === nullWord[0] ? nullWord : first === trueWord[0] ? trueWord : falseWord;
    return startsWith(bytes, start, word) ? start + word.length : -1;
  }
  let at = start + 1;
  while (at < end && isDigit(bytes[at] ?? 0)) at++;
  return first === digit0 && at > start + 1 ? -1 : at;
}
