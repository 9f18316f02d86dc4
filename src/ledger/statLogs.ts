/** Looks at many files at once, without opening them. */

import { type BigIntStats, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { FoundLog } from './discover.ts';
import { type FileState, toFileState, unknownFile } from './source.ts';

export interface LogOnDisk {
  readonly log: FoundLog;
  readonly file: FileState;
}

/** How many files are asked for at once: enough to keep a slow disk busy. */
const atOnce = 64;
/** A disk is slow that takes longer for a file, in milliseconds: then other threads wait for it. */
const slowMs = 0.2;

/** The logs with their files' state, the last written first. Where the state cannot be had, opening will tell why. */
export async function statLogs(logs: readonly FoundLog[]): Promise<readonly LogOnDisk[]> {
  const found: LogOnDisk[] = [];
  let isSlow = false;
  for (let from = 0; from < logs.length; from += atOnce) {
    if (from > 0) await setImmediate();
    const some = logs.slice(from, from + atOnce);
    const startMs = performance.now();
    found.push(
      ...(await Promise.all(some.map((log) => (isSlow || log.root.isForeign ? look(log) : lookAtOnce(log))))),
    );
    isSlow = performance.now() - startMs > slowMs * some.length;
  }
  return found.sort((a, b) => b.file.mtimeUs - a.file.mtimeUs);
}

async function look(log: FoundLog): Promise<LogOnDisk> {
  return toLook(log, await stat(log.path, { bigint: true }).catch(() => undefined));
}

/** To wait for another thread takes several times as long as to look into what the system remembers. */
function lookAtOnce(log: FoundLog): LogOnDisk {
  try {
    return toLook(log, statSync(log.path, { bigint: true }));
  } catch {
    return toLook(log, undefined);
  }
}

function toLook(log: FoundLog, stats: BigIntStats | undefined): LogOnDisk {
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
