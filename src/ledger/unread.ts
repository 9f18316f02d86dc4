/** Logs that are waiting to be read, in chunks of a size between which something else can be done. */

import type { FoundLog } from './discover.ts';

export interface Unread {
  readonly log: FoundLog;
  readonly bytes: number;
}

/** Bytes and logs in a chunk. A larger log is one by itself. */
const chunkBytes = 8 << 20;
const chunkLogs = 128;

/** The logs in their order, except that databases come first: they are not for every thread. */
export function inChunks(logs: readonly Unread[]): Unread[][] {
  const databases = logs.filter(isDatabase).map((log) => [log]);
  const chunks: Unread[][] = [];
  let room = 0;
  for (const log of logs.filter((each) => !isDatabase(each))) {
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
