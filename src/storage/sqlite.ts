/**
 * The door to `node:sqlite`. It is loaded on demand, because the runtimes of older editors have none, and its
 * errors get names here so that no other file knows SQLite's numbers.
 */

export type Sqlite = typeof import('node:sqlite');

/** The module, or why there is none. */
export function loadSqlite(): Sqlite | { readonly missing: string } {
  try {
    return process.getBuiltinModule('node:sqlite') ?? { missing: `Node.js ${process.versions.node}` };
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * What a failed statement means for a database of ours.
 *
 * - `damaged`: the file is no database, or its pages contradict each other
 * - `full`: there is no room for the write; what was committed before stands
 * - `busy`: another connection held the lock for longer than we wait
 * - `other`: not writable, not there, or a bug
 */
export type SqliteFault = 'damaged' | 'full' | 'busy' | 'other';

export function faultOf(error: unknown): SqliteFault {
  const code = resultCode(error);
  if (code === undefined) return 'other';
  if (fullIoErrors.has(code)) return 'full';
  return faults.get(code & 0xff) ?? 'other';
}

/** Primary result codes, https://www.sqlite.org/rescode.html */
const faults: ReadonlyMap<number, SqliteFault> = new Map([
  [5, 'busy'],
  [11, 'damaged'],
  [13, 'full'],
  [26, 'damaged'],
]);

/**
 * SQLITE_IOERR_WRITE, _FSYNC, _TRUNCATE and _SHMSIZE: a file system without room may also answer these, above all
 * where the shared-memory file cannot grow.
 */
const fullIoErrors: ReadonlySet<number> = new Set([778, 1034, 1546, 4874]);

function resultCode(error: unknown): number | undefined {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  return typeof code === 'number' ? code : undefined;
}
