/**
 * Counts the entries of a list in JSON while it arrives, without making them: a list of tokens is many times as long
 * as the text, and of it nothing but its length is wanted. What it does not look at it does not check either: entries
 * are told apart by their commas.
 */

const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const openBracket = 0x5b;
const openBrace = 0x7b;
const closeBracket = 0x5d;
const closeBrace = 0x7d;

const keyDecoder = new TextDecoder();
/** Longer keys than this are not the one looked for. */
const longestKey = 64;

export class TokenListCounter {
  readonly #under: string | null;
  /** What is open, outermost first, as the bytes that close it. */
  readonly #open: number[] = [];
  readonly #key: number[] = [];
  #isInString = false;
  #isEscaped = false;
  #isDone = false;
  #isBroken = false;
  /** Depth inside the list; 0 until it is found, and after it. */
  #listDepth = 0;
  #hasEntry = false;
  #count: number | null = null;

  /** @param under the name of the list in the object that is the answer; `null` when the list is the answer */
  constructor(under: string | null) {
    this.#under = under;
  }

  take(chunk: Uint8Array): void {
    for (const byte of chunk) {
      if (this.#isInString) this.#takeInString(byte);
      else this.#takeOutside(byte);
    }
  }

  /** @returns `null` unless what came is whole and has the list */
  end(): number | null {
    return this.#isDone && !this.#isBroken ? this.#count : null;
  }

  #takeInString(byte: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === backslash) this.#isEscaped = true;
    else if (byte === quote) this.#isInString = false;
    else if (this.#open.length === 1 && this.#key.length < longestKey) this.#key.push(byte);
  }

  #takeOutside(byte: number): void {
    if (isSpace(byte)) return;
    if (this.#isDone || (this.#open.length === 0 && byte !== openBracket && byte !== openBrace)) {
      this.#isBroken = true;
    } else if (byte === closeBracket || byte === closeBrace) {
      this.#close(byte);
    } else {
      this.#takeContent(byte);
    }
  }

  #takeContent(byte: number): void {
    const isInList = this.#listDepth > 0 && this.#open.length === this.#listDepth;
    if (isInList && byte === comma) this.#count = (this.#count ?? 0) + 1;
    else if (isInList) this.#hasEntry = true;
    if (byte === quote) {
      this.#isInString = true;
      if (this.#open.length === 1) this.#key.length = 0;
    } else if (byte === openBracket || byte === openBrace) {
      this.#openOne(byte);
    }
  }

  #openOne(byte: number): void {
    const isList = byte === openBracket && this.#count === null && this.#isAtList();
    // The closing byte is two after the opening one, for both kinds.
    this.#open.push(byte + 2);
    if (!isList) return;
    this.#listDepth = this.#open.length;
    this.#count = 0;
  }

  #isAtList(): boolean {
    if (this.#under === null) return this.#open.length === 0;
    return this.#open.length === 1 && keyDecoder.decode(Uint8Array.from(this.#key)) === this.#under;
  }

  #close(byte: number): void {
    if (this.#open.length === this.#listDepth) {
      // Commas stand between entries: there is one more of these.
      if (this.#hasEntry) this.#count = (this.#count ?? 0) + 1;
      this.#listDepth = 0;
    }
    if (this.#open.pop() !== byte) this.#isBroken = true;
    this.#isDone = this.#open.length === 0;
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
