/** A log file as the ledger remembers it: how far it was read, and what tells whether it is still the same. */

import type { BigIntStats } from 'node:fs';
import type { LogFormat } from '../agents/reader.ts';
import type { AgentId } from '../domain/agent.ts';
import type { Database } from './database.ts';

export interface Source {
  readonly agent: AgentId;
  /** Folder under which it was found, without symbolic links. */
  readonly root: string;
  readonly path: string;
  /** The file could not be opened when it was last looked at. */
  readonly isUnreadable: boolean;
  /** What the file was like just before it was last read. */
  readonly file: FileState;
  /** When the file was created, as first seen. */
  readonly bornMs: number;
  /** Every complete line before this offset has been read. Of a database, how many slices were. */
  readonly readBytes: number;
  /** Fingerprint of the bytes just before `readBytes`. */
  readonly tailHash: string;
  /** The latest time that the lines read so far have told. */
  readonly loggedMs: number;
  /** Version of the reader that read it. */
  readonly reader: number;
  /** What the reader's parser remembers, as JSON. */
  readonly parser: string | undefined;
}

/** As much of a source as tells whether its file has changed, and by how much. */
export type SourceState = Pick<Source, 'isUnreadable' | 'file' | 'readBytes' | 'reader'>;

/** A source with the number of times that it was written, which tells whether another process wrote it since. */
export interface StoredSource extends Source {
  readonly revision: number;
}

export interface FileState {
  /** Device and file number: what a file keeps when it is renamed. Empty when it never could be looked at. */
  readonly id: string;
  readonly size: number;
  readonly mtimeUs: number;
}

export const unknownFile: FileState = { id: '', size: 0, mtimeUs: 0 };

export function toFileState(stats: BigIntStats): FileState {
  return {
    id: `${stats.dev}:${stats.ino}`,
    size: Number(stats.size),
    mtimeUs: Number(stats.mtimeNs / 1000n),
  };
}

/**
 * When a file was created. A copy that kept its time of modification is as old as that, and where a file system
 * knows no time of creation the modification has to do.
 */
export function toBornMs(stats: BigIntStats): number {
  const { birthtimeMs, mtimeMs } = stats;
  return Number(birthtimeMs > 0n && birthtimeMs < mtimeMs ? birthtimeMs : mtimeMs);
}

/** By what a log is read: the version of its reader, and its format. */
export interface ReadBy {
  readonly reader: number;
  readonly format: LogFormat;
}

export function isCompressed(format: LogFormat): boolean {
  return format.kind === 'lines' && format.compression !== undefined;
}

/**
 * Whether a log can be read on from its cursor: nothing but new lines at its end, or a database that still is the same
 * file. If not, it is read from its start. A cursor that another version of the reader left is never continued; what a
 * log says twice is merged.
 *
 * @param hashBefore fingerprints the bytes of the file just before an offset
 */
export function canContinue(
  source: Source,
  file: FileState,
  { reader, format }: ReadBy,
  hashBefore: (offset: number) => string,
): boolean {
  const isSameReader = source.reader === reader && source.file.id !== '';
  if (format.kind === 'document' || isCompressed(format)) return false;
  if (format.kind === 'database') return isSameReader && source.file.id === file.id;
  const isSameOrLonger = file.size > source.file.size || isSameState(source, file);
  return isSameReader && isSameOrLonger && hashBefore(source.readBytes) === source.tailHash;
}

/** Whether nothing was written since, so that the file need not even be opened. */
export function isUnchanged(source: SourceState, file: FileState, reader: number): boolean {
  return !source.isUnreadable && source.reader === reader && isSameState(source, file);
}

function isSameState({ file: known }: SourceState, file: FileState): boolean {
  return known.size === file.size && known.mtimeUs === file.mtimeUs;
}

/** The source at `path`. */
export function findSource(db: Database, agent: AgentId, path: string): StoredSource | undefined {
  const row = db.get<SourceRow>('SELECT * FROM source WHERE agent = ? AND path = ?', agent, path);
  return row && toSource(row);
}

/** So many are asked for one by one: more are read all at once. */
const mostAsked = 64;

/** Looks up the states of so many sources. */
export function sourceStates(
  db: Database,
  count: number,
): (agent: AgentId, path: string) => SourceState | undefined {
  if (count <= mostAsked) return (agent, path) => findSource(db, agent, path);
  const rows = db.all<StateRow>(`SELECT agent, path, ${stateColumns} FROM source`);
  const states = new Map(rows.map((row) => [`${row.agent}\0${row.path}`, toState(row)]));
  return (agent, path) => states.get(`${agent}\0${path}`);
}

const stateColumns = 'is_unreadable, file_id, size, mtime_us, read_bytes, reader';

type StateRow = Pick<
  SourceRow,
  'agent' | 'path' | 'is_unreadable' | 'file_id' | 'size' | 'mtime_us' | 'read_bytes' | 'reader'
>;

function toState(row: StateRow): SourceState {
  return {
    isUnreadable: row.is_unreadable !== 0,
    file: { id: row.file_id, size: row.size, mtimeUs: row.mtime_us },
    readBytes: row.read_bytes,
    reader: row.reader,
  };
}

/** The sources that were the same file as `fileId` when they were last read: one of them may have been renamed. */
export function findSourcesOfFile(db: Database, agent: AgentId, fileId: string): StoredSource[] {
  return db
    .all<SourceRow>('SELECT * FROM source WHERE file_id = ? AND agent = ?', fileId, agent)
    .map(toSource);
}

interface SourceRow {
  readonly revision: number;
  readonly agent: string;
  readonly root: string;
  readonly path: string;
  readonly is_unreadable: number;
  readonly file_id: string;
  readonly size: number;
  readonly mtime_us: number;
  readonly born_ms: number;
  readonly read_bytes: number;
  readonly tail_hash: string;
  readonly logged_ms: number;
  readonly reader: number;
  readonly parser: string | null;
}

function toSource(row: SourceRow): StoredSource {
  return {
    revision: row.revision,
    agent: row.agent as AgentId,
    root: row.root,
    path: row.path,
    ...toState(row),
    bornMs: row.born_ms,
    tailHash: row.tail_hash,
    loggedMs: row.logged_ms,
    parser: row.parser ?? undefined,
  };
}
