/** Texts that are the same on many lines in a row: made once. */

import { backslash } from './jsonWalk.ts';

/** Longer texts are made anew each time. */
const mostKept = 1024;

export class LastText {
  #bytes = new Uint8Array(0);
  #length = -1;
  #text: string | null = null;

  /**
   * The text whose quotes stand at `start` and before `end`; `null` where JSON knows no such text.
   *
   * @param bytes none of its own are kept
   */
  read(bytes: Buffer, start: number, end: number): string | null {
    if (this.#isSame(bytes, start, end)) return this.#text;
    this.#text = parseText(bytes, start, end);
    this.#keep(bytes, start, end);
    return this.#text;
  }

  #isSame(bytes: Uint8Array, start: number, end: number): boolean {
    const length = this.#length;
    if (end - start !== length) return false;
    // Ids differ at their ends, if at all.
    for (let at = length - 1; at >= 0; at--) if (bytes[start + at] !== this.#bytes[at]) return false;
    return true;
  }

  #keep(bytes: Uint8Array, start: number, end: number): void {
    this.#length = end - start <= mostKept ? end - start : -1;
    if (this.#length > this.#bytes.length) this.#bytes = new Uint8Array(this.#length);
    for (let at = 0; at < this.#length; at++) this.#bytes[at] = bytes[start + at] ?? 0;
  }
}

function parseText(bytes: Buffer, start: number, end: number): string | null {
  if (isPlain(bytes, start, end)) return bytes.toString('latin1', start + 1, end - 1);
  try {
    const text: unknown = JSON.parse(bytes.toString('utf8', start, end));
    return typeof text === 'string' ? text : null;
  } catch {
    return null;
  }
}

/** Whether bytes are ASCII and no backslash is among them. */
export function isPlain(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? backslash;
    if (byte >= 0x80 || byte === backslash) return false;
  }
  return true;
}
