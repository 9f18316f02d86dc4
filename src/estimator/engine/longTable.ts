/** A table from byte strings of more than three words to ranks: the few long tokens of a vocabulary. */

import { hashBytes } from './words.ts';

const recordFields = 4;
const least = { records: 1 << 12, bytes: 1 << 16 };

export class LongTable {
  /** The length of the longest entry. */
  longest = 0;
  #bytes = new Uint8Array(least.bytes);
  #usedBytes = 0;
  /** By entry, from 1 on: where its bytes begin, how many they are, its value, and its hash. */
  #records = new Int32Array(recordFields * least.records);
  #usedRecords = 1;
  /** Entries by hash, 0 for none; always less than half full. */
  #index = new Int32Array(2 * least.records);

  add(text: DataView, length: number, value: number): void {
    if (recordFields * this.#usedRecords === this.#records.length) this.#growRecords();
    if (this.#usedBytes + length > this.#bytes.length) this.#growBytes();
    const hash = hashBytes(text, 0, length);
    for (let at = 0; at < length; at++) this.#bytes[this.#usedBytes + at] = text.getUint8(at);
    this.#records.set([this.#usedBytes, length, value, hash], recordFields * this.#usedRecords);
    this.#enter(this.#usedRecords, hash);
    this.#usedBytes += length;
    this.#usedRecords += 1;
    this.longest = Math.max(this.longest, length);
  }

  /**
   * The value of the bytes from `start` to `end`, or -1.
   *
   * @param hash what `hashBytes` gives for them
   */
  get(text: DataView, start: number, end: number, hash: number): number {
    const records = this.#records;
    const mask = this.#index.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#index[slot] ?? 0;
      if (entry === 0) return -1;
      const record = recordFields * entry;
      const isLike = records[record + 3] === hash && records[record + 1] === end - start;
      if (isLike && this.#equals(records[record] ?? 0, text, start, end)) return records[record + 2] ?? -1;
    }
  }

  #equals(offset: number, text: DataView, start: number, end: number): boolean {
    for (let at = start; at < end; at++) {
      if (this.#bytes[offset + at - start] !== text.getUint8(at)) return false;
    }
    return true;
  }

  #enter(entry: number, hash: number): void {
    const mask = this.#index.length - 1;
    let slot = hash & mask;
    while (this.#index[slot] !== 0) slot = (slot + 1) & mask;
    this.#index[slot] = entry;
  }

  #growRecords(): void {
    const records = new Int32Array(2 * this.#records.length);
    records.set(this.#records);
    this.#records = records;
    this.#index = new Int32Array(2 * this.#index.length);
    for (let entry = 1; entry < this.#usedRecords; entry++) {
      this.#enter(entry, records[recordFields * entry + 3] ?? 0);
    }
  }

  #growBytes(): void {
    const bytes = new Uint8Array(2 * this.#bytes.length);
    bytes.set(this.#bytes);
    this.#bytes = bytes;
  }
}
