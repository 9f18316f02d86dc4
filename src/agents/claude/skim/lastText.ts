/** Texts that are the same on many lines in a row: made once. */

import { backslash } from './jsonWalk.ts';
import { startsWith } from './names.ts';

export class LastText {
  #bytes = nothing;
  #text: string | null = null;

  /**
   * The text whose quotes stand at `start` and before `end`; `null` where JSON knows no such text.
   *
   * @param bytes none of its own are kept
   */
  read(bytes: Uint8Array, start: number, end: number): string | null {
    const isSame = end - start === this.#bytes.length && startsWith(bytes, start, this.#bytes);
    if (isSame) return this.#text;
    this.#bytes = Buffer.from(bytes.subarray(start, end));
    this.#text = parseText(this.#bytes);
    return this.#text;
  }
}

const nothing = Buffer.alloc(0);

function parseText(quoted: Buffer): string | null {
  if (isPlain(quoted, 0, quoted.length)) return quoted.toString('latin1', 1, quoted.length - 1);
  try {
    const text: unknown = JSON.parse(quoted.toString('utf8'));
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
