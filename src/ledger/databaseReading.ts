/** A log that is a database of another program, while it is read: some rows at a time, from where the parser left off. */

import type { DatabaseFormat, DatabaseParser } from '../agents/reader.ts';
import type { OpenLogDatabase } from '../storage/logDatabase.ts';
import type { Batch } from './batch.ts';
import type { CursorStep } from './cursorStep.ts';
import { emptyHash } from './hashBefore.ts';
import type { LogReading } from './logReading.ts';
import { logFileOf, type OpenedLog, rememberedOf } from './openLog.ts';
import { Recorder } from './recorder.ts';

/** What a slice of rows weighs against bytes that are read from other logs: others get a turn after each. */
const sliceBytes = 4 << 20;

/**
 * File systems tell times in steps of up to two seconds, and a write-ahead log that begins anew keeps its size: what is
 * written within a step of the last look leaves no trace.
 */
const coarsestStepMs = 2_000;

export class DatabaseReading implements LogReading {
  readonly #opened: OpenedLog;
  readonly #recorder: Recorder;
  readonly #parser: DatabaseParser;
  #slices = 0;
  /** Slices of earlier readings: what is told now outranks what was told then. */
  readonly #slicesBefore: number;
  /** The file was written so lately that it may have been written since without a trace. */
  readonly #isFresh: boolean;

  constructor(opened: OpenedLog, format: DatabaseFormat, database: OpenLogDatabase, batch: Batch) {
    const from = opened.isRestart ? undefined : opened.known;
    this.#opened = opened;
    this.#recorder = new Recorder(opened, batch);
    this.#slicesBefore = opened.known?.readBytes ?? 0;
    this.#isFresh = opened.file.mtimeUs / 1_000 > nowMs(database) - coarsestStepMs;
    this.#parser = format.open(logFileOf(opened), database, rememberedOf(from));
  }

  get readBytes(): number {
    return this.#slices * sliceBytes;
  }

  /** @throws LogDatabaseError */
  readOn(): boolean {
    this.#slices++;
    this.#recorder.position = this.#slicesBefore + this.#slices;
    return this.#parser.readSlice(this.#recorder);
  }

  step(isDone: boolean): CursorStep {
    const { file } = this.#opened;
    return this.#recorder.step({
      readBytes: this.#slicesBefore + this.#slices,
      tailHash: emptyHash,
      parser: this.#parser.save(),
      file: isDone && !this.#isFresh ? file : { ...file, size: 0, mtimeUs: 0 },
    });
  }

  continueInto(batch: Batch): void {
    this.#recorder.continueInto(batch);
  }
}

/** By SQLite's own clock, in milliseconds since 1970 UTC. */
function nowMs(database: OpenLogDatabase): number {
  return 1_000 * Number(database.rows("SELECT unixepoch('subsec') AS now")[0]?.now);
}
