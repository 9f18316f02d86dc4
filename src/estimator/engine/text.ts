/** A stretch of text as UTF-8, laid out so that a scanner needs no bounds of its own. */

import type { CharacterClasses } from '../characters.ts';

/** Stands after the last byte. It is in no UTF-8, and of no class that a scanner goes on over. */
export const endByte = 0xff;

/** Room after the last byte for the sentinel, and for words that are read across the end. */
const slack = 16;

const usualCapacity = 64 * 1024;

export class Utf8Text {
  /** `endByte` stands at `length`, and at least 15 more follow whose values mean nothing. */
  bytes = new Uint8Array(usualCapacity);
  /** The same bytes. */
  view = new DataView(this.bytes.buffer);
  length = 0;

  /** Takes the place of the text before. Half of a surrogate pair becomes U+FFFD, as in every UTF-8 encoder. */
  set(text: string): void {
    this.#makeRoom(3 * text.length + slack);
    this.length = encoder.encodeInto(text, this.bytes).written;
    this.bytes[this.length] = endByte;
  }

  /** Grows for a text without cuts, and shrinks again after it. */
  #makeRoom(needed: number): void {
    const capacity = Math.max(needed, usualCapacity);
    if (this.bytes.length >= needed && this.bytes.length <= 2 * capacity) return;
    this.bytes = new Uint8Array(capacity);
    this.view = new DataView(this.bytes.buffer);
  }
}

const encoder = new TextEncoder();

/** What a byte is to a scanner where it is not ASCII, beside the classes of characters. */
export const ByteClass = {
  /** The first of several bytes. */
  lead: 9,
  end: 10,
} as const;

/** The class of every byte that a character can begin with. */
export function byteClasses(classes: CharacterClasses): Uint8Array {
  const table = new Uint8Array(256).fill(ByteClass.lead);
  for (let byte = 0; byte < 0x80; byte++) table[byte] = classes.of(byte);
  table[endByte] = ByteClass.end;
  return table;
}

/** The bytes of the character that begins with this one. */
export function widthOf(firstByte: number): number {
  if (firstByte < 0xc0) return 1;
  if (firstByte < 0xe0) return 2;
  return firstByte < 0xf0 ? 3 : 4;
}

/** The character of several bytes that begins at `at`. */
export function wideCodePointAt(text: DataView, at: number): number {
  const first = text.getUint8(at);
  const second = text.getUint8(at + 1) & 0x3f;
  if (first < 0xe0) return ((first & 0x1f) << 6) | second;
  const third = text.getUint8(at + 2) & 0x3f;
  if (first < 0xf0) return ((first & 0x0f) << 12) | (second << 6) | third;
  return ((first & 0x07) << 18) | (second << 12) | (third << 6) | (text.getUint8(at + 3) & 0x3f);
}
