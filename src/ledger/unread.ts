/** Logs that are waiting to be read, in chunks of a size between which something else can be done. */

import type { FoundLog } from './discover.ts';

export interface Unread {
  readonly log: FoundLog;
  readonly bytes: number;
}

/**
 * Bytes in a chunk. A larger log is one by itself. Small chunks are shared out evenly between threads and are seen
 * early, large ones are stored at less cost: a table is touched all over by each part that is stored.
 */
const leastBytes = 8 << 20;
const mostBytes = 64 << 20;
const chunksAimedAt = 16;
const chunkLogs = 128;

/** The logs in their order, except that databases come first: they are not for every thread. */
export function inChunks(logs: readonly Unread[]): Unread[][] {
  const databases = logs.filter(isDatabase).map((log) => [log]);
  const others = logs.filter((log) => !isDatabase(log));
  const bytes = others.reduce((sum, log) => sum + log.bytes, 0);
  const chunkBytes = Math.min(mostBytes, Math.max(leastBytes, bytes / chunksAimedAt));
  const chunks: Unread[][] = [];
  let room = 0;
  for (const log of others) {
    const last = chunks.at(-1);
    if (last === undefined || log.bytes > room || last.length >= chunkLogs) {
      chunks.push([log]);
      room = chunkBytes - log.bytes;
    } else {
      last.push(log);
      room -= log.bytes;
    }
  }
  return [...databases, ...chunks];
}

/** Takes the last chunk that any thread may read; `undefined` where there is none. */
export function takeFromEnd(chunks: Unread[][]): readonly Unread[] | undefined {
  return chunks.at(-1)?.some(isDatabase) === false ? chunks.pop() : undefined;
}

function isDatabase({ log }: Unread): boolean {
  return log.format.kind === 'database';
}
