/** Logs that are waiting to be read, taken in chunks of a size between which something else can be done. */

import type { FoundLog } from './discover.ts';

export interface Unread {
  readonly log: FoundLog;
  readonly bytes: number;
}

/**
 * Of the bytes that are left, what goes into the next chunk, and how many at least. Large chunks are stored at less cost, as
 * a table is touched all over by each part that is stored; small ones are left for the end, where a thread that has nothing
 * to do waits for the other. A larger log is a chunk by itself.
 */
interface ChunkSize {
  readonly share: number;
  readonly leastBytes: number;
}

/** For the thread that stores as well: what the other has read waits for it to come to an end. */
const firstSize: ChunkSize = { share: 1 / 10, leastBytes: 4 << 20 };
const lastSize: ChunkSize = { share: 1 / 5, leastBytes: 8 << 20 };
const mostBytes = 48 << 20;
const chunkLogs = 128;

/** Taken from the beginning by one thread and from the end by another. */
export class UnreadLogs {
  /** Not for every thread. */
  readonly #databases: readonly Unread[];
  readonly #others: readonly Unread[];
  #nextDatabase = 0;
  /** Where those begin and end that are left. */
  #first = 0;
  #end: number;
  #left: number;

  constructor(logs: readonly Unread[]) {
    this.#databases = logs.filter(({ log }) => log.format.kind === 'database');
    this.#others = logs.filter(({ log }) => log.format.kind !== 'database');
    this.#end = this.#others.length;
    this.#left = this.#others.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** The next logs, databases before others; `undefined` where none are left. */
  takeFirst(): readonly FoundLog[] | undefined {
    const database = this.#databases[this.#nextDatabase];
    if (database !== undefined) {
      this.#nextDatabase++;
      return [database.log];
    }
    const count = this.#countFor(firstSize, (index) => this.#others[this.#first + index]);
    this.#first += count;
    return this.#taken(this.#first - count, this.#first);
  }

  /** The last logs, which may be read by any thread. */
  takeLast(): readonly FoundLog[] | undefined {
    const count = this.#countFor(lastSize, (index) => this.#others[this.#end - 1 - index]);
    this.#end -= count;
    return this.#taken(this.#end, this.#end + count);
  }

  /** How many of the logs that are next make a chunk. */
  #countFor({ share, leastBytes }: ChunkSize, next: (index: number) => Unread | undefined): number {
    const most = Math.min(chunkLogs, this.#end - this.#first);
    let room = Math.min(mostBytes, Math.max(leastBytes, this.#left * share));
    let count = 0;
    for (; count < most; count++) {
      const bytes = next(count)?.bytes ?? 0;
      if (count > 0 && bytes > room) break;
      room -= bytes;
    }
    return count;
  }

  #taken(start: number, end: number): readonly FoundLog[] | undefined {
    const taken = this.#others.slice(start, end);
    this.#left -= taken.reduce((sum, { bytes }) => sum + bytes, 0);
    return taken.length === 0 ? undefined : taken.map(({ log }) => log);
  }
}
