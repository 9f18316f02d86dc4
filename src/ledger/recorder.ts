/** Takes down what a reader tells of one log, into a batch, and how far the log was read. */

import type { JsonValue, PlacedSink } from '../agents/reader.ts';
import type { ReplyRun } from '../agents/replyRun.ts';
import type { PlanReading } from '../domain/planReading.ts';
import type { Receipt } from '../domain/receipt.ts';
import type { RefusalReason } from '../domain/refusal.ts';
import type { SessionFacts } from '../domain/session.ts';
import type { ToolCall } from '../domain/toolCall.ts';
import type { Batch, Stamp } from './batch.ts';
import type { CursorStep } from './cursorStep.ts';
import type { OpenedLog } from './openLog.ts';
import type { FileState } from './source.ts';

/** Where a log was read up to. */
export interface Progress {
  readonly readBytes: number;
  readonly tailHash: string;
  /** What the reader's parser remembers; absent of what is read anew each time. */
  readonly parser: JsonValue | undefined;
  /** How the file is remembered. */
  readonly file: FileState;
}

export class Recorder implements PlacedSink {
  readonly #opened: OpenedLog;
  #batch: Batch;
  #refused = new Map<RefusalReason, number>();
  readonly #stamp: { -readonly [Name in keyof Stamp]: Stamp[Name] };
  #isRestart: boolean;
  #fromRevision: number;
  #fromPath: string;

  constructor(opened: OpenedLog, batch: Batch) {
    const { known, isRestart } = opened;
    this.#opened = opened;
    this.#batch = batch;
    this.#isRestart = isRestart;
    this.#fromRevision = known?.revision ?? 0;
    this.#fromPath = known?.path ?? opened.path;
    this.#stamp = {
      reader: opened.reader,
      // Of a log that could never be looked at before, nothing is known, nor how old it is.
      bornMs:
        known === undefined || known.file.id === '' ? opened.bornMs : Math.min(known.bornMs, opened.bornMs),
      atMs: (isRestart ? undefined : known)?.loggedMs ?? 0,
      position: 0,
    };
  }

  /** Where in the log that stands which is told next: later statements outrank earlier ones. */
  set position(position: number) {
    this.#stamp.position = position;
  }

  /** The cursor after what was taken down so far. */
  step({ readBytes, tailHash, parser, file }: Progress): CursorStep {
    const { agent, reader, rootPath, path } = this.#opened;
    return {
      fromRevision: this.#fromRevision,
      fromPath: this.#fromPath,
      isRestart: this.#isRestart,
      refused: this.#refused,
      source: {
        agent,
        root: rootPath,
        path,
        isUnreadable: false,
        file,
        bornMs: this.#stamp.bornMs,
        readBytes,
        tailHash,
        loggedMs: this.#stamp.atMs,
        reader,
        parser: parser === undefined ? undefined : JSON.stringify(parser),
      },
    };
  }

  /** Goes on into another batch, after what {@link step} returned has been stored. */
  continueInto(batch: Batch): void {
    this.#batch = batch;
    this.#refused = new Map();
    this.#isRestart = false;
    this.#fromRevision++;
    this.#fromPath = this.#opened.path;
  }

  receipt(receipt: Receipt): void {
    this.#hear(receipt.atMs);
    this.#batch.addReceipt(receipt, this.#stamp);
  }

  run(run: ReplyRun): void {
    this.#batch.addRun(run, this.#stamp);
  }

  session(facts: SessionFacts): void {
    if (facts.atMs !== undefined) this.#hear(facts.atMs);
    this.#batch.addFacts(facts, this.#stamp);
  }

  toolCall(call: ToolCall): void {
    this.#batch.addToolCall(call);
  }

  plan(reading: PlanReading): void {
    this.#batch.addPlanReading(reading);
  }

  refuse(reason: RefusalReason): void {
    this.#refused.set(reason, (this.#refused.get(reason) ?? 0) + 1);
  }

  #hear(atMs: number): void {
    this.#stamp.atMs = Math.max(this.#stamp.atMs, atMs);
  }
}
