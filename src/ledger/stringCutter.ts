/**
 * Shortens the strings of a JSON text that arrives in pieces, so that a line of any length can be read in bounded
 * memory. The structure stays as it is; a string longer than a few kilobytes loses its end.
 */

/** Strings keep about so many bytes: more than any id, model or title, less than a pasted file. */
const keptStringBytes = 4096;

/** A line that is still longer after its strings were cut is none worth reading. */
export const maxCutLineBytes = 4 << 20;

const quote = 0x22;
const backslash = 0x5c;
const letterU = 0x75;

export class StringCutter {
  readonly #maxBytes: number;
  #output = Buffer.allocUnsafe(64 << 10);
  #length = 0;
  #isOverflown = false;
  /** Bytes of the current string that were kept, or -1 outside of strings. */
  #inString = -1;
  #isCutting = false;
  /** Bytes that still belong to an escape sequence: a cut inside one would spoil the text. */
  #escapeBytes = 0;

  /** @param maxBytes what the text may have left, rounded up to a power of two */
  constructor(maxBytes = maxCutLineBytes) {
    this.#maxBytes = maxBytes;
  }

  /** Takes the next bytes of the text. */
  push(bytes: Uint8Array): void {
    for (let at = this.#skip(bytes, 0); at < bytes.length; at = this.#skip(bytes, at + 1)) {
      this.#take(bytes[at] ?? 0);
    }
  }

  /** The text so far, or `null` when it is too long even so. */
  finish(): Buffer | null {
    return this.#isOverflown ? null : this.#output.subarray(0, this.#length);
  }

  /** Where the next byte is that matters: all but a quote or a backslash is passed over while a string is cut. */
  #skip(bytes: Uint8Array, from: number): number {
    if (!this.#isCutting || this.#escapeBytes > 0) return from;
    let at = from;
    while (at < bytes.length && bytes[at] !== quote && bytes[at] !== backslash) at++;
    return at;
  }

  #take(byte: number): void {
    if (this.#inString < 0) {
      if (byte === quote) this.#inString = 0;
      this.#keep(byte);
    } else if (this.#escapeBytes > 0) {
      this.#continueEscape(byte);
    } else if (byte === quote) {
      this.#endString();
    } else {
      this.#takeCharacter(byte);
    }
  }

  #takeCharacter(byte: number): void {
    const isContinuation = (byte & 0xc0) === 0x80;
    if (this.#inString >= keptStringBytes && !isContinuation) this.#isCutting = true;
    if (byte === backslash) this.#escapeBytes = 1;
    this.#keepInString(byte);
  }

  #continueEscape(byte: number): void {
    this.#escapeBytes += byte === letterU && this.#escapeBytes === 1 ? 3 : -1;
    this.#keepInString(byte);
  }

  #endString(): void {
    this.#inString = -1;
    this.#isCutting = false;
    this.#keep(quote);
  }

  #keepInString(byte: number): void {
    if (this.#isCutting) return;
    this.#inString++;
    this.#keep(byte);
  }

  #keep(byte: number): void {
    if (this.#length === this.#output.length) this.#grow();
    if (!this.#isOverflown) this.#output[this.#length++] = byte;
  }

  #grow(): void {
    if (this.#length >= this.#maxBytes) {
      this.#isOverflown = true;
      return;
    }
    const larger = Buffer.allocUnsafe(2 * this.#length);
    this.#output.copy(larger);
    this.#output = larger;
  }
}
