/** One log while it is read: its lines go through the agent's parser into a batch, and the cursor moves along. */

import { readSync } from 'node:fs';
import type { LogLine, LogParser, Sink } from '../agents/reader.ts';
import type { Receipt } from '../domain/receipt.ts';
import type { RefusalReason } from '../domain/refusal.ts';
import type { SessionFacts } from '../domain/session.ts';
import type { Batch, Stamp } from './batch.ts';
import { type FoundLog, toRelative } from './discover.ts';
import { fingerprint } from './identity.ts';
import type { FileState, Source, StoredSource } from './source.ts';
import { type LineTaker, LogTail } from './tail.ts';

/** A step of the cursor, with what was refused on the way. Stored together with what was read, or not at all. */
export interface CursorStep {
  /** Revision of the stored source from which was read; 0 where there is none. */
  readonly fromRevision: number;
  /** Path under which the source is stored. */
  readonly fromPath: string;
  readonly source: Source;
  /** The log was read from its start: what was refused in it before counts no longer. */
  readonly isRestart: boolean;
  readonly refused: ReadonlyMap<RefusalReason, number>;
}

/** Bytes before the cursor that must still be the same for reading to go on there. */
const tailBytes = 256;

export interface OpenedLog {
  readonly log: FoundLog;
  readonly fd: number;
  readonly file: FileState;
  readonly bornMs: number;
  /** What the ledger knows of the file, under its present or an earlier path. */
  readonly known: StoredSource | undefined;
  readonly isRestart: boolean;
}

export class LogReading implements LineTaker, Sink {
  readonly #opened: OpenedLog;
  readonly #tail: LogTail;
  readonly #parser: LogParser;
  readonly #reader: number;
  #batch: Batch;
  #refused = new Map<RefusalReason, number>();
  readonly #stamp: { -readonly [Name in keyof Stamp]: Stamp[Name] };
  #isRestart: boolean;
  #fromRevision: number;
  #fromPath: string;

  constructor(opened: OpenedLog, block: Buffer, batch: Batch) {
    const { log, known, isRestart } = opened;
    const { reader } = log.root;
    const from = isRestart ? undefined : known;
    this.#opened = opened;
    this.#batch = batch;
    this.#reader = reader.version;
    this.#isRestart = isRestart;
    this.#fromRevision = known?.revision ?? 0;
    this.#fromPath = known?.path ?? log.path;
    this.#tail = new LogTail(opened.fd, from?.readBytes ?? 0, block, this);
    this.#parser = reader.open({ relativePath: toRelative(log.root, log.path) }, from?.parser);
    this.#stamp = {
      reader: reader.version,
      bornMs: Math.min(known?.bornMs ?? opened.bornMs, opened.bornMs),
      atMs: from?.loggedMs ?? 0,
      position: 0,
    };
  }

  /** Where the first line begins that was not read yet. */
  get offset(): number {
    return this.#tail.offset;
  }

  /** Reads the next block into the batch. Returns whether there may be more. */
  readBlock(): boolean {
    return this.#tail.readBlock();
  }

  /**
   * The cursor after what was read so far.
   *
   * @param isDone whether the end was reached; if not, the file is remembered as shorter than it is, so that
   *   whoever looks at it next goes on
   */
  step(isDone: boolean): CursorStep {
    const { log, fd } = this.#opened;
    const readBytes = this.#tail.offset;
    const file = isDone ? this.#opened.file : { ...this.#opened.file, size: readBytes, mtimeUs: 0 };
    return {
      fromRevision: this.#fromRevision,
      fromPath: this.#fromPath,
      isRestart: this.#isRestart,
      refused: this.#refused,
      source: {
        agent: log.root.reader.agent,
        root: log.root.realPath,
        path: log.path,
        isUnreadable: false,
        file,
        bornMs: this.#stamp.bornMs,
        readBytes,
        tailHash: hashBefore(fd, readBytes),
        loggedMs: this.#stamp.atMs,
        reader: this.#reader,
        parser: this.#parser.save(),
      },
    };
  }

  /** Goes on into another batch, after what {@link step} returned has been stored. */
  continueInto(batch: Batch): void {
    this.#batch = batch;
    this.#refused = new Map();
    this.#isRestart = false;
    this.#fromRevision++;
    this.#fromPath = this.#opened.log.path;
  }

  takeLine(line: LogLine, position: number): void {
    this.#stamp.position = position;
    try {
      this.#parser.read(line, this);
    } catch {
      // Readers do not throw, unless they have a bug: then it costs a line, which is counted, and not the log.
      this.refuse('malformed');
    }
  }

  takeOversized(): void {
    this.refuse('oversized');
  }

  receipt(receipt: Receipt): void {
    this.#hear(receipt.atMs);
    this.#batch.addReceipt(receipt, this.#stamp);
  }

  session(facts: SessionFacts): void {
    if (facts.atMs !== undefined) this.#hear(facts.atMs);
    this.#batch.addFacts(facts, this.#stamp);
  }

  refuse(reason: RefusalReason): void {
    this.#refused.set(reason, (this.#refused.get(reason) ?? 0) + 1);
  }

  #hear(atMs: number): void {
    this.#stamp.atMs = Math.max(this.#stamp.atMs, atMs);
  }
}

/** Fingerprint of the bytes just before an offset. */
export function hashBefore(fd: number, offset: number): string {
  const from = Math.max(0, offset - tailBytes);
  const bytes = Buffer.alloc(offset - from);
  const length = readSync(fd, bytes, 0, bytes.length, from);
  return fingerprint(bytes.subarray(0, length));
}
