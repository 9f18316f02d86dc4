/**
 * Reads what is new in the logs into the ledger: newest files first, in slices between which requests are answered,
 * and in parts that are stored whole. Where there is much to read, another thread begins at the other end.
 */

import { closeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { LogBlock } from '../agents/logBlock.ts';
import type { Sqlite } from '../storage/sqlite.ts';
import { Batch } from './batch.ts';
import type { Database } from './database.ts';
import { type FoundLog, findNamed, formatAt, type Place, type Root, toRelative, walk } from './discover.ts';
import type { ReadingTools } from './logReading.ts';
import { newBlock } from './newBlock.ts';
import { type OpenedLog, openLog, toUnreadable } from './openLog.ts';
import type { Pricing } from './pricing.ts';
import { pruneSources } from './pruneSources.ts';
import { type ReadPart, readLogs } from './readLogs.ts';
import { type SideReader, toReadPart } from './sideReader.ts';
import { isUnchanged, sourceStates } from './source.ts';
import { type LogOnDisk, statLogs } from './statLogs.ts';
import { storeBatch } from './storeBatch.ts';
import { type Unread, UnreadLogs } from './unread.ts';

export interface ScanListener {
  /** Something was stored that a query may show. */
  onStored(): void;
  onProgress(filesDone: number, filesTotal: number): void;
}

export interface ScannerParts {
  /** For logs that are databases. */
  readonly sqlite: Sqlite;
  readonly db: Database;
  readonly roots: readonly Root[];
  readonly pricing: Pricing;
  readonly listener: ScanListener;
  /** In which logs are read; one is made where none is given. */
  readonly block?: LogBlock;
  /** Starts another thread that reads logs; absent where there is none to be had. */
  readonly startSideReader?: (() => SideReader) | undefined;
}

/** Bytes of logs between two chances for requests to be answered. */
const sliceBytes = 4 << 20;
/** What a look at a log that has not changed weighs against bytes that are read. */
const lookBytes = 16 << 10;
/** From so many bytes on another thread is worth its start. */
const manyBytes = 48 << 20;
/** Chunks that the other thread has at a time, so that it never waits for this one. */
const lanes = 3;

export class Scanner {
  readonly #parts: ScannerParts;
  #roots: readonly Root[];
  readonly #block: LogBlock;
  /** Logs that a watcher saw change: read before all others. */
  readonly #urgent = new Map<string, FoundLog>();
  /** The other thread, while it is wanted. */
  #side: SideReader | null = null;
  #slicedBytes = 0;
  #lastChunk = 0;
  #work: Promise<void> = Promise.resolve();

  constructor(parts: ScannerParts) {
    this.#parts = parts;
    this.#roots = parts.roots;
    this.#block = parts.block ?? newBlock();
  }

  /** Looks below these folders from now on. */
  useRoots(roots: readonly Root[]): void {
    this.#roots = roots;
  }

  /** Looks at every log. Rejects with what SQLite throws; what was not stored then is read again next time. */
  scanAll(): Promise<void> {
    return this.#queue(() => this.#parts.db.writeMuch(() => this.#scanAll()));
  }

  /**
   * Looks at logs and at what lies below folders, ahead of a scan that is under way.
   *
   * @param paths as a watcher names them; those that lie elsewhere are passed over
   */
  async look(paths: readonly string[]): Promise<void> {
    for (const path of paths) await this.#addUrgent(path);
    return this.#queue(() => this.#readUrgent());
  }

  #queue(work: () => Promise<void>): Promise<void> {
    const done = this.#work.then(work);
    this.#work = done.catch(() => {});
    return done;
  }

  async #addUrgent(seen: string): Promise<void> {
    await this.#breathe(lookBytes);
    const named = await findNamed(this.#roots, seen);
    if (named === null) return;
    const { path, isFolder } = named;
    for (const root of named.roots) {
      const log = isFolder ? null : logAt(root, path);
      if (log !== null) this.#markUrgent(log);
      else {
        for await (const finding of walk(root, path)) {
          await this.#breathe(lookBytes);
          if (finding.kind === 'log') this.#markUrgent(finding.log);
        }
      }
    }
  }

  #markUrgent(log: FoundLog): void {
    this.#urgent.set(identityOf(log), log);
  }

  async #scanAll(): Promise<void> {
    const { db } = this.#parts;
    const roots = this.#roots;
    const found = new Map<string, FoundLog>();
    const unreadable: Place[] = [];
    for (const root of roots) {
      for await (const finding of walk(root)) {
        await this.#breathe(lookBytes);
        if (finding.kind === 'unreadable') unreadable.push({ root, path: finding.path });
        if (finding.kind === 'log') {
          found.set(identityOf(finding.log), found.get(identityOf(finding.log)) ?? finding.log);
        }
      }
    }
    this.#refuse(unreadable);
    await this.#readNewestFirst(await statLogs([...found.values()]));
    await this.#readUrgent();
    pruneSources(db, roots, [...found.values()], unreadable);
  }

  async #readNewestFirst(logs: readonly LogOnDisk[]): Promise<void> {
    const unread = await this.#unreadOf(logs);
    let done = logs.length - unread.length;
    const waiting = new UnreadLogs(unread);
    let hasFailed = false;
    const read = async (take: () => readonly FoundLog[] | undefined, readChunk: ReadChunk) => {
      for (let chunk = take(); chunk !== undefined && !hasFailed; chunk = take()) {
        await readChunk(chunk);
        done += chunk.length;
        this.#parts.listener.onProgress(done, logs.length);
      }
    };
    this.#parts.listener.onProgress(done, logs.length);
    const side = this.#sideFor(unread);
    const aside = Array.from({ length: side === null ? 0 : lanes }, () =>
      read(
        () => waiting.takeLast(),
        (chunk) => this.#readAside(side, chunk),
      ),
    );
    const here = read(
      () => waiting.takeFirst(),
      (chunk) => this.#readAfterUrgent(chunk),
    );
    const flows = [here, ...aside];
    try {
      await Promise.all(flows);
    } finally {
      hasFailed = true;
      this.#endSide();
      // None may read on beside the next scan, nor leave its logs open.
      await Promise.allSettled(flows);
    }
  }

  /** The logs that have changed, the last written first. */
  async #unreadOf(logs: readonly LogOnDisk[]): Promise<readonly Unread[]> {
    const unread: Unread[] = [];
    const stateOf = sourceStates(this.#parts.db, logs.length);
    for (const { log, file } of logs) {
      await this.#breathe(lookBytes);
      const { agent, version } = log.root.reader;
      const known = stateOf(agent, log.path);
      if (known !== undefined && isUnchanged(known, file, version)) continue;
      unread.push({ log, bytes: Math.max(0, file.size - (known?.readBytes ?? 0)) });
    }
    return unread;
  }

  #sideFor(unread: readonly Unread[]): SideReader | null {
    const bytes = unread.reduce((sum, log) => sum + log.bytes, 0);
    this.#side = bytes < manyBytes ? null : (this.#parts.startSideReader?.() ?? null);
    return this.#side;
  }

  #endSide(): void {
    this.#side?.close();
    this.#side = null;
  }

  async #readAfterUrgent(logs: readonly FoundLog[]): Promise<void> {
    await this.#readUrgent();
    await this.#read(logs);
  }

  async #readUrgent(): Promise<void> {
    while (this.#urgent.size > 0) {
      const logs = [...this.#urgent.values()];
      this.#urgent.clear();
      const unread = await this.#unreadOf(await statLogs(logs));
      const waiting = new UnreadLogs(unread);
      for (let chunk = waiting.takeFirst(); chunk !== undefined; chunk = waiting.takeFirst()) {
        await this.#read(chunk);
      }
    }
  }

  async #read(logs: readonly FoundLog[]): Promise<void> {
    // Not those of the roots, which may be others by now.
    const readers = logs.map(({ root }) => root.reader);
    const tools: ReadingTools = { sqlite: this.#parts.sqlite, block: this.#block, readers };
    await this.#withOpened(logs, async (opened) => {
      for await (const part of readLogs(opened, tools)) {
        if (typeof part === 'number') await this.#breathe(part);
        else if (!this.#store(part, logs)) return;
      }
    });
  }

  async #readAside(side: SideReader | null, logs: readonly FoundLog[]): Promise<void> {
    const chunk = ++this.#lastChunk;
    await this.#withOpened(logs, async (opened) => {
      let part = await answerOf(side?.begin(chunk, opened));
      while (part !== null && this.#store(toReadPart(part), logs)) {
        if (part.isLast) return;
        part = await answerOf(side?.next(chunk));
      }
      await answerOf(side?.drop(chunk));
      // What the other thread left unread is read by this one.
      for (const log of logs) this.#markUrgent(log);
    });
  }

  async #withOpened(
    logs: readonly FoundLog[],
    read: (opened: readonly OpenedLog[]) => Promise<void>,
  ): Promise<void> {
    const opened: OpenedLog[] = [];
    try {
      const unreadable: FoundLog[] = [];
      for (const log of logs) {
        const found = openLog(this.#parts.db, log);
        if (found === 'unreadable') unreadable.push(log);
        else if (found !== 'missing') opened.push(found);
      }
      this.#refuse(unreadable);
      if (opened.length > 0) await read(opened);
    } finally {
      for (const { fd } of opened) closeSync(fd);
    }
  }

  #refuse(places: readonly Place[]): void {
    const { db, pricing } = this.#parts;
    const steps = places.flatMap((place) => toUnreadable(db, place) ?? []);
    if (steps.length > 0 && storeBatch(db, new Batch(), steps, pricing)) this.#parts.listener.onStored();
  }

  /** Returns `false` when another process was at the same logs: then all of them are looked at again. */
  #store({ drafts, steps, unreadable }: ReadPart, logs: readonly FoundLog[]): boolean {
    const { db, pricing, listener } = this.#parts;
    const isStored = steps.length === 0 || storeBatch(db, drafts, steps, pricing);
    if (isStored && steps.length > 0) listener.onStored();
    if (!isStored) for (const log of logs) this.#markUrgent(log);
    this.#refuse(logs.filter(({ path }) => unreadable.includes(path)));
    return isStored;
  }

  async #breathe(bytes: number): Promise<void> {
    this.#slicedBytes += bytes;
    if (this.#slicedBytes < sliceBytes) return;
    this.#slicedBytes = 0;
    await setImmediate();
  }
}

type ReadChunk = (logs: readonly FoundLog[]) => Promise<void>;

/** `null` when the other thread has ended. */
async function answerOf<Answer>(asked: Promise<Answer> | undefined): Promise<Answer | null> {
  try {
    return (await asked) ?? null;
  } catch {
    return null;
  }
}

/** What is written to a database shows in the file beside it first. */
function logAt(root: Root, path: string): FoundLog | null {
  const format = formatAt(root, path);
  if (format !== null) return { root, path, relativePath: toRelative(root, path), format };
  const database = path.replace(/-(?:wal|shm)$/, '');
  return database === path ? null : logAt(root, database);
}

function identityOf({ root, path }: FoundLog): string {
  return `${root.reader.agent}\0${path}`;
}
