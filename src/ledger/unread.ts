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
  readonly #databases: Unread[];
  readonly #others: Unread[];
  #left: number;

  constructor(logs: readonly Unread[]) {
    this.#databases = logs.filter(({ log }) => log.format.kind === 'database');
    this.#others = logs.filter(({ log }) => log.format.kind !== 'database');
    this.#left = this.#others.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** The next logs, databases before others; `undefined` where none are left. */
  takeFirst(): readonly FoundLog[] | undefined {
    const database = this.#databases.shift();
    return database === undefined ? this.#take((logs) => logs.shift(), firstSize) : [database.log];
  }

  /** The last logs, which may be read by any thread. */
  takeLast(): readonly FoundLog[] | undefined {
    return this.#take((logs) => logs.pop(), lastSize)?.toReversed();
  }

  #take(
    takeOne: (logs: Unread[]) => Unread | undefined,
    { share, leastBytes }: ChunkSize,
  ): FoundLog[] | undefined {
    const chunk: FoundLog[] = [];
    let room = Math.min(mostBytes, Math.max(leastBytes, this.#left * share));
    while (room > 0 && chunk.length < chunkLogs) {
      const next = takeOne(this.#others);
      if (next === undefined) break;
      chunk.push(next.log);
      room -= next.bytes;
      this.#left -= next.bytes;
    }
    return chunk.length === 0 ? undefined : chunk;
  }
}
