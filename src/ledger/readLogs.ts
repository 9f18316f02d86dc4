/** Reads opened logs one after the other, and hands over what stands in them in parts that are stored whole. */

import { Batch, type Drafts } from './batch.ts';
import type { CursorStep } from './cursorStep.ts';
import { type LogReading, type ReadingTools, startReading } from './logReading.ts';
import { isLogError, type OpenedLog } from './openLog.ts';

/** What was read, with the cursors of the logs that it came from: stored together or not at all. */
export interface ReadPart {
  readonly drafts: Drafts;
  readonly steps: readonly CursorStep[];
  /** Paths of logs that could not be read on. */
  readonly unreadable: readonly string[];
  /** Whether all has been read. */
  readonly isLast: boolean;
}

/** Bytes between two chances for something else to be done. */
const pieceBytes = 4 << 20;
/** What it takes to open a log weighs as much as to read so many bytes. */
const logBytes = 32 << 10;
/** Bytes of logs after which a part ends. */
const partBytes = 64 << 20;
/** Drafts and logs in a part: bounds the memory where logs are dense, or many and small. */
const partDrafts = 16_384;
const partLogs = 256;

/**
 * Parts in the order of reading, and between them, so that something else can be done meanwhile, how many bytes were
 * read since. A part must be stored before the next is asked for, or the rest must be given up.
 */
export async function* readLogs(
  logs: readonly OpenedLog[],
  tools: ReadingTools,
): AsyncGenerator<ReadPart | number, void, void> {
  const part = new GrowingPart();
  for (const log of logs) {
    yield* readLog(log, part, tools);
    part.pieceBytes += logBytes;
    if (part.pieceBytes >= pieceBytes) yield part.takePiece();
  }
  yield part.takePiece();
  yield { ...part.take(), isLast: true };
}

async function* readLog(
  log: OpenedLog,
  part: GrowingPart,
  tools: ReadingTools,
): AsyncGenerator<ReadPart | number, void, void> {
  try {
    const { reading, close } = startReading(log, part.batch, tools);
    try {
      yield* readPieces(reading, part);
      part.add(reading.step(true));
    } finally {
      close();
    }
  } catch (error) {
    if (!isLogError(error)) throw error;
    part.addUnreadable(log.path);
  }
  // A new log may have appeared under the old name of a renamed one: their cursors must not meet in one part.
  if (part.isFull || part.hasRenamed) yield part.take();
}

async function* readPieces(
  reading: LogReading,
  part: GrowingPart,
): AsyncGenerator<ReadPart | number, void, void> {
  for (let hasMore = true; hasMore; ) {
    const before = reading.readBytes;
    hasMore = await reading.readOn();
    part.bytes += reading.readBytes - before;
    part.pieceBytes += reading.readBytes - before;
    if (part.pieceBytes >= pieceBytes) yield part.takePiece();
    if (!hasMore || !part.isFull) continue;
    part.add(reading.step(false));
    yield part.take();
    reading.continueInto(part.batch);
  }
}

class GrowingPart {
  batch = new Batch();
  bytes = 0;
  /** Since something else could be done. */
  pieceBytes = 0;
  #steps: CursorStep[] = [];
  #unreadable: string[] = [];

  get isFull(): boolean {
    return this.bytes >= partBytes || this.#steps.length >= partLogs || this.batch.size >= partDrafts;
  }

  get hasRenamed(): boolean {
    return this.#steps.some(({ fromPath, source }) => fromPath !== source.path);
  }

  add(step: CursorStep): void {
    this.#steps.push(step);
  }

  addUnreadable(path: string): void {
    this.#unreadable.push(path);
  }

  takePiece(): number {
    const bytes = this.pieceBytes;
    this.pieceBytes = 0;
    return bytes;
  }

  take(): ReadPart {
    const taken = { drafts: this.batch, steps: this.#steps, unreadable: this.#unreadable, isLast: false };
    this.batch = new Batch();
    this.bytes = 0;
    this.#steps = [];
    this.#unreadable = [];
    return taken;
  }
}
