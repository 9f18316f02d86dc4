/**
 * A compressed log of lines while it is read. It never grows, so it is read from its start when it has changed; what was
 * read of it before, or of the plain log that it was made from, is merged.
 */

import type { LineFormat } from '../agents/reader.ts';
import type { Batch } from './batch.ts';
import type { CursorStep } from './cursorStep.ts';
import { LineSplitter } from './lineSplitter.ts';
import type { LogReading } from './logReading.ts';
import { logFileOf, type OpenedLog } from './openLog.ts';
import { ParsedLines } from './parsedLines.ts';
import { Recorder } from './recorder.ts';
import { decompressed } from './zstd.ts';

export class CompressedReading implements LogReading {
  readonly #opened: OpenedLog;
  readonly #recorder: Recorder;
  readonly #splitter: LineSplitter;
  readonly #pieces: AsyncIterator<Buffer>;
  #readBytes = 0;

  constructor(opened: OpenedLog, format: LineFormat, block: Buffer, batch: Batch) {
    this.#opened = opened;
    this.#recorder = new Recorder(opened, batch);
    const parser = format.open(logFileOf(opened));
    this.#splitter = new LineSplitter(block, new ParsedLines(parser, this.#recorder));
    this.#pieces = decompressed(opened.fd);
  }

  /** Decompressed bytes. */
  get readBytes(): number {
    return this.#readBytes;
  }

  async readOn(): Promise<boolean> {
    const piece = await this.#nextPiece();
    if (piece === null) {
      this.#splitter.finish();
      return false;
    }
    this.#readBytes += piece.length;
    this.#splitter.push(piece);
    return true;
  }

  /** `null` at the end, also where that comes too early: what is missing then is counted as refused. */
  async #nextPiece(): Promise<Buffer | null> {
    try {
      const next = await this.#pieces.next();
      return next.done ? null : next.value;
    } catch {
      this.#recorder.refuse('malformed');
      return null;
    }
  }

  step(isDone: boolean): CursorStep {
    const { file } = this.#opened;
    return this.#recorder.step({
      readBytes: this.#readBytes,
      tailHash: '',
      parser: undefined,
      file: isDone ? file : { ...file, mtimeUs: 0 },
    });
  }

  continueInto(batch: Batch): void {
    this.#recorder.continueInto(batch);
  }

  /** Ends what is under way; whatever becomes of that, nobody waits for it. */
  close(): void {
    this.#pieces.return?.().catch(() => undefined);
  }
}
