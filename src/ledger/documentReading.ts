/** A log that is one document, while it is read: as a whole, in memory that does not grow with it. */

import type { DocumentFormat } from '../agents/reader.ts';
import type { Batch } from './batch.ts';
import type { CursorStep } from './cursorStep.ts';
import { readDocument } from './document.ts';
import type { LogReading } from './logReading.ts';
import { logFileOf, type OpenedLog } from './openLog.ts';
import { Recorder } from './recorder.ts';

export class DocumentReading implements LogReading {
  readonly #opened: OpenedLog;
  readonly #format: DocumentFormat;
  readonly #block: Buffer;
  readonly #recorder: Recorder;
  #readBytes = 0;

  constructor(opened: OpenedLog, format: DocumentFormat, block: Buffer, batch: Batch) {
    this.#opened = opened;
    this.#format = format;
    this.#block = block;
    this.#recorder = new Recorder(opened, batch);
  }

  get readBytes(): number {
    return this.#readBytes;
  }

  readOn(): boolean {
    const { document, byteLength } = readDocument(this.#opened.fd, this.#block);
    this.#readBytes = byteLength;
    if (document === 'oversized') this.#recorder.refuse('oversized');
    else if (document !== null) {
      try {
        this.#format.read(logFileOf(this.#opened), document, this.#recorder);
      } catch {
        // As with lines: a bug of a reader is counted.
        this.#recorder.refuse('malformed');
      }
    }
    return false;
  }

  step(): CursorStep {
    return this.#recorder.step({
      readBytes: this.#readBytes,
      tailHash: '',
      parser: undefined,
      file: this.#opened.file,
    });
  }

  continueInto(batch: Batch): void {
    this.#recorder.continueInto(batch);
  }
}
