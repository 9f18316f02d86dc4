/**
 * Reads what is new in the logs into the ledger: newest files first, in slices between which requests are answered,
 * and in batches that are stored whole.
 */

import { closeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { Sqlite } from '../storage/sqlite.ts';
import { Batch } from './batch.ts';
import type { CursorStep } from './cursorStep.ts';
import type { Database } from './database.ts';
import { type FoundLog, formatAt, isFolderAt, isWithin, type Place, type Root, walk } from './discover.ts';
import { type LogReading, startReading } from './logReading.ts';
import { isLogError, type OpenedLog, openLog, toUnreadable } from './openLog.ts';
import type { Pricing } from './pricing.ts';
import { pruneSources } from './pruneSources.ts';
import { findSource, isUnchanged } from './source.ts';
import { statLogs } from './statLogs.ts';
import { storeBatch } from './storeBatch.ts';
import { blockBytes } from './tail.ts';

export interface ScanListener {
  /** Something was stored that a query may show. */
  onStored(): void;
  onProgress(filesDone: number, filesTotal: number): void;
}

/** Bytes of logs after which a batch is stored, and between two chances for requests to be answered. */
const batchBytes = 16 << 20;
const sliceBytes = 4 << 20;
/** What a look at a log that has not changed weighs against bytes that are read. */
const lookBytes = 16 << 10;
/** Logs and drafts in a batch: bounds the memory where logs are many and small, or dense. */
const batchLogs = 256;
const batchDrafts = 8192;

export class Scanner {
  readonly #sqlite: Sqlite;
  readonly #db: Database;
  readonly #roots: readonly Root[];
  readonly #pricing: Pricing;
  readonly #listener: ScanListener;
  readonly #block = Buffer.allocUnsafe(blockBytes);
  /** Logs that a watcher saw change: read before all others. */
  readonly #urgent = new Map<string, FoundLog>();
  #batch = new Batch();
  #pending: { readonly log: Place; readonly step: CursorStep }[] = [];
  #batchedBytes = 0;
  #slicedBytes = 0;
  #work: Promise<void> = Promise.resolve();

  /** @param sqlite for logs that are databases */
  constructor(
    sqlite: Sqlite,
    db: Database,
    roots: readonly Root[],
    pricing: Pricing,
    listener: ScanListener,
  ) {
    this.#sqlite = sqlite;
    this.#db = db;
    this.#roots = roots;
    this.#pricing = pricing;
    this.#listener = listener;
  }

  /** Looks at every log. Rejects with what SQLite throws; what was not stored then is read again next time. */
  scanAll(): Promise<void> {
    return this.#queue(() => this.#scanAll());
  }

  /** Looks at logs and at what lies below folders, ahead of a scan that is under way. Other paths are passed over. */
  async look(paths: readonly string[]): Promise<void> {
    for (const path of paths) await this.#addUrgent(path);
    return this.#queue(() => this.#readUrgent());
  }

  #queue(work: () => Promise<void>): Promise<void> {
    const done = this.#work.then(work);
    this.#work = done.catch(() => this.#takeBatch()).then(() => undefined);
    return done;
  }

  async #addUrgent(path: string): Promise<void> {
    const isFolder = await isFolderAt(path);
    for (const root of this.#roots) {
      const log = isFolder ? null : logAt(root, path);
      if (log !== null) this.#markUrgent(log);
      else if (isWithin(root, path)) {
        for await (const finding of walk(root, path)) {
          if (finding.kind === 'log') this.#markUrgent(finding.log);
        }
      }
    }
  }

  #markUrgent(log: FoundLog): void {
    this.#urgent.set(identityOf(log), log);
  }

  #lookAgain({ root, path }: Place): void {
    const log = logAt(root, path);
    if (log !== null) this.#markUrgent(log);
  }

  async #scanAll(): Promise<void> {
    const found = new Map<string, FoundLog>();
    const unreadable: Place[] = [];
    for (const root of this.#roots) {
      for await (const finding of walk(root)) {
        if (finding.kind === 'unreadable') unreadable.push({ root, path: finding.path });
        else found.set(identityOf(finding.log), found.get(identityOf(finding.log)) ?? finding.log);
      }
    }
    for (const folder of unreadable) this.#refuseWhole(folder);
    await this.#readNewestFirst([...found.values()]);
    this.#store();
    await this.#readUrgent();
    pruneSources(this.#db, this.#roots, [...found.values()], unreadable);
  }

  async #readNewestFirst(logs: readonly FoundLog[]): Promise<void> {
    let done = 0;
    for (const { log, file } of await statLogs(logs)) {
      await this.#readUrgent();
      await this.#breathe(lookBytes);
      const { agent, version } = log.root.reader;
      const known = findSource(this.#db, agent, log.path);
      if (known === undefined || !isUnchanged(known, file, version)) await this.#read(log);
      this.#listener.onProgress(++done, logs.length);
    }
  }

  /** What is pending is stored before and after: a log must not be read twice from the same cursor into one batch. */
  async #readUrgent(): Promise<void> {
    while (this.#urgent.size > 0) {
      this.#store();
      const logs = [...this.#urgent.values()];
      this.#urgent.clear();
      for (const log of logs) await this.#read(log);
      this.#store();
    }
  }

  async #read(log: FoundLog): Promise<void> {
    const opened = openLog(this.#db, log);
    if (opened === 'missing') return;
    if (opened === 'unreadable') return this.#refuseWhole(log);
    try {
      await this.#readOpened(opened);
    } catch (error) {
      if (!isLogError(error)) throw error;
      this.#refuseWhole(log);
    } finally {
      closeSync(opened.fd);
    }
  }

  async #readOpened(opened: OpenedLog): Promise<void> {
    const { reading, close } = startReading(this.#sqlite, opened, this.#block, this.#batch);
    try {
      await this.#readPieces(opened.log, reading);
    } finally {
      close();
    }
  }

  async #readPieces(log: FoundLog, reading: LogReading): Promise<void> {
    for (let hasMore = true; hasMore; ) {
      const before = reading.readBytes;
      hasMore = await reading.readOn();
      await this.#breathe(reading.readBytes - before);
      if (hasMore && this.#isFull()) {
        this.#pending.push({ log, step: reading.step(false) });
        if (!this.#store()) return;
        reading.continueInto(this.#batch);
      }
    }
    const step = reading.step(true);
    this.#pending.push({ log, step });
    // A new log may appear under the old name at any time: its cursor must not meet this one's in one batch.
    const isRenamed = step.fromPath !== log.path;
    if (isRenamed || this.#isFull()) this.#store();
  }

  #refuseWhole(log: Place): void {
    const step = toUnreadable(this.#db, log);
    if (step !== null) this.#pending.push({ log, step });
  }

  #isFull(): boolean {
    return (
      this.#batchedBytes >= batchBytes || this.#pending.length >= batchLogs || this.#batch.size >= batchDrafts
    );
  }

  /** Returns `false` when another process was at the same logs: then they are looked at again. */
  #store(): boolean {
    const { batch, pending } = this.#takeBatch();
    if (pending.length === 0) return true;
    const steps = pending.map(({ step }) => step);
    const isStored = storeBatch(this.#db, batch, steps, this.#pricing);
    if (isStored) this.#listener.onStored();
    else for (const { log } of pending) this.#lookAgain(log);
    return isStored;
  }

  /** Takes what is pending out of the scanner: whatever becomes of it, the next batch begins empty. */
  #takeBatch() {
    const taken = { batch: this.#batch, pending: this.#pending };
    this.#batch = new Batch();
    this.#pending = [];
    this.#batchedBytes = 0;
    return taken;
  }

  async #breathe(bytes: number): Promise<void> {
    this.#batchedBytes += bytes;
    this.#slicedBytes += bytes;
    if (this.#slicedBytes < sliceBytes) return;
    this.#slicedBytes = 0;
    await setImmediate();
  }
}

/** What is written to a database shows in the file beside it first. */
function logAt(root: Root, path: string): FoundLog | null {
  const format = formatAt(root, path);
  if (format !== null) return { root, path, format };
  const database = path.replace(/-(?:wal|shm)$/, '');
  return database === path ? null : logAt(root, database);
}

function identityOf({ root, path }: FoundLog): string {
  return `${root.reader.agent}\0${path}`;
}
