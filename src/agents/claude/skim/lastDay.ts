/** Times as Claude Code writes them, `2026-01-31T12:00:00.000Z`, most of a log on one day. */

import { toTime } from '../../fields.ts';
import { isDigit } from './jsonWalk.ts';
import { startsWith } from './names.ts';

const pattern = Buffer.from('"0000-00-00T00:00:00.000Z"', 'latin1');
const digit = 0x30;
const dayLength = '"0000-00-00'.length;
const [hourAt, minuteAt, secondAt, thousandthAt] = [12, 15, 18, 21];

export class LastDay {
  #day = Buffer.alloc(0);
  #ms: number | null = null;

  /** Milliseconds since 1970 UTC of the text with its quotes; `null` where it is written in another way. */
  read(bytes: Uint8Array, start: number, end: number): number | null {
    if (!isWrittenSo(bytes, start, end)) return null;
    if (this.#day.length === 0 || !startsWith(bytes, start, this.#day)) this.#turnTo(bytes, start);
    const hour = numberAt(bytes, start + hourAt, 2);
    const minute = numberAt(bytes, start + minuteAt, 2);
    const second = numberAt(bytes, start + secondAt, 2);
    if (this.#ms === null || hour > 23 || minute > 59 || second > 59) return null;
    return this.#ms + ((hour * 60 + minute) * 60 + second) * 1000 + numberAt(bytes, start + thousandthAt, 3);
  }

  #turnTo(bytes: Uint8Array, start: number): void {
    this.#day = Buffer.from(bytes.subarray(start, start + dayLength));
    this.#ms = toTime(`${this.#day.toString('latin1', 1)}T00:00:00.000Z`);
  }
}

function isWrittenSo(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== pattern.length) return false;
  for (let at = 0; at < pattern.length; at++) {
    const byte = bytes[start + at] ?? 0;
    if (pattern[at] === digit ? !isDigit(byte) : byte !== pattern[at]) return false;
  }
  return true;
}

/** The number that some digits make. */
export function numberAt(bytes: Uint8Array, start: number, length: number): number {
  let number = 0;
  for (let at = start; at < start + length; at++) number = number * 10 + (bytes[at] ?? digit) - digit;
  return number;
}
