/** Looks at many files at once, without opening them. */

import { type BigIntStats, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { FoundLog } from './discover.ts';
import { type FileState, toFileState, unknownFile } from './source.ts';

export interface LogOnDisk {
  readonly log: FoundLog;
  readonly file: FileState;
}

/** How many files are asked for at once: enough to keep a slow disk busy. */
const atOnce = 64;

/** The logs with their files' state, the last written first. Where the state cannot be had, opening will tell why. */
export async function statLogs(logs: readonly FoundLog[]): Promise<readonly LogOnDisk[]> {
  const found: LogOnDisk[] = [];
  for (let from = 0; from < logs.length; from += atOnce) {
    found.push(...(await Promise.all(logs.slice(from, from + atOnce).map(look))));
  }
  return found.sort((a, b) => b.file.mtimeUs - a.file.mtimeUs);
}

async function look(log: FoundLog): Promise<LogOnDisk> {
  const stats = await stat(log.path, { bigint: true }).catch(() => undefined);
  return { log, file: stats === undefined ? unknownFile : stateOf(log, stats) };
}

/** What is written to a database stands in the file beside it until it is brought over. */
export function stateOf({ format, path }: FoundLog, stats: BigIntStats): FileState {
  const file = toFileState(stats);
  const ahead =
    format.kind === 'database' && statSync(`${path}-wal`, { bigint: true, throwIfNoEntry: false });
  if (!ahead) return file;
  const { size, mtimeUs } = toFileState(ahead);
  return { id: file.id, size: file.size + size, mtimeUs: Math.max(file.mtimeUs, mtimeUs) };
}
