/** Opens a log for reading, where its cursor allows, even under a new name. */

import { type BigIntStats, closeSync, existsSync, fstatSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { JsonValue, LogFile } from '../agents/reader.ts';
import type { AgentId } from '../domain/agent.ts';
import { LogDatabaseError } from '../storage/logDatabase.ts';
import { textBeside } from './beside.ts';
import type { CursorStep } from './cursorStep.ts';
import type { Database } from './database.ts';
import { type FoundLog, isMissing, type Place } from './discover.ts';
import { withoutWaiting } from './fileBytes.ts';
import { hashBefore } from './hashBefore.ts';
import {
  canContinue,
  type FileState,
  findSource,
  findSourcesOfFile,
  isCompressed,
  type StoredSource,
  toBornMs,
  unknownFile,
} from './source.ts';
import { stateOf } from './statLogs.ts';
import { canDecompress } from './zstd.ts';

/** All that reading a log takes, as plain data: another thread of this process may do it. */
export interface OpenedLog {
  readonly agent: AgentId;
  /** Version of the reader. */
  readonly reader: number;
  /** The root's path, without symbolic links. */
  readonly rootPath: string;
  readonly path: string;
  readonly relativePath: string;
  readonly writtenMs: number;
  readonly fd: number;
  readonly file: FileState;
  readonly bornMs: number;
  /** What the ledger knows of the file, under its present or an earlier path. */
  readonly known: StoredSource | undefined;
  readonly isRestart: boolean;
}

/**
 * Opens the log, whose descriptor the caller closes. A log that has gone away, or given its place to what is no file,
 * is `missing`: it has nothing to say.
 */
export function openLog(db: Database, log: FoundLog): OpenedLog | 'missing' | 'unreadable' {
  let fd: number | undefined;
  try {
    fd = openSync(log.path, withoutWaiting);
    const stats = fstatSync(fd, { bigint: true });
    const isReadable = !isCompressed(log.format) || canDecompress();
    if (stats.isFile() && isReadable) return lookUp(db, log, fd, stats);
    closeSync(fd);
    return isReadable ? 'missing' : 'unreadable';
  } catch (error) {
    if (fd !== undefined) closeSync(fd);
    if (!isLogError(error)) throw error;
    return isMissing(error) || hasNoRoom(error) ? 'missing' : 'unreadable';
  }
}

/** This process has too many files open: that says nothing of the log, which is looked at again. */
function hasNoRoom(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EMFILE' || error.code === 'ENFILE');
}

/** The log as its reader knows it. */
export function logFileOf({ relativePath, path, writtenMs }: OpenedLog): LogFile {
  return { relativePath, folder: dirname(path), writtenMs, beside: (name) => textBeside(path, name) };
}

/** What the parser of a log remembered when it was last read. */
export function rememberedOf(source: StoredSource | undefined): JsonValue | undefined {
  return source?.parser === undefined ? undefined : (JSON.parse(source.parser) as JsonValue);
}

function lookUp(db: Database, log: FoundLog, fd: number, stats: BigIntStats): OpenedLog {
  const file = stateOf(log, stats);
  const { agent, version } = log.root.reader;
  const fits = (source: StoredSource) =>
    canContinue(source, file, { reader: version, format: log.format }, (offset) => hashBefore(fd, offset));
  const known = findSource(db, agent, log.path) ?? findRenamed(db, log, file, fits);
  const isRestart = known === undefined || !fits(known);
  const { root, path, relativePath } = log;
  const place = { rootPath: root.realPath, path, relativePath };
  const times = { bornMs: toBornMs(stats), writtenMs: Number(stats.mtimeMs) };
  return { agent, reader: version, ...place, ...times, fd, file, known, isRestart };
}

function findRenamed(
  db: Database,
  log: FoundLog,
  file: FileState,
  fits: (source: StoredSource) => boolean,
): StoredSource | undefined {
  // Where nothing was read yet nothing tells one file from another that got its number.
  const sources = findSourcesOfFile(db, log.root.reader.agent, file.id).filter((each) => each.readBytes > 0);
  return sources.find((source) => !existsSync(source.path) && fits(source));
}

/**
 * The step that marks a log or folder as one that cannot be opened; `null` where it is marked already. What was read
 * before stays, and so does the cursor.
 */
export function toUnreadable(db: Database, { root, path }: Place): CursorStep | null {
  const known = findSource(db, root.reader.agent, path);
  if (known?.isUnreadable) return null;
  const source = known ?? {
    agent: root.reader.agent,
    root: root.realPath,
    path,
    file: unknownFile,
    bornMs: 0,
    readBytes: 0,
    tailHash: '',
    loggedMs: 0,
    reader: 0,
    parser: undefined,
  };
  return {
    fromRevision: known?.revision ?? 0,
    fromPath: path,
    isRestart: false,
    refused: new Map(),
    source: { ...source, isUnreadable: true },
  };
}

/** Whether an error came from a log rather than from the ledger or a bug. */
export function isLogError(error: unknown): boolean {
  return error instanceof LogDatabaseError || (error instanceof Error && 'syscall' in error);
}
