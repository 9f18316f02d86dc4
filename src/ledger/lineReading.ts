/** A log of lines while it is read: they go through the agent's parser, and the cursor moves along. */

import type { LineFormat, LogParser } from '../agents/reader.ts';
import type { Batch } from './batch.ts';
import type { CursorStep } from './cursorStep.ts';
import { hashBefore } from './hashBefore.ts';
import type { LogReading } from './logReading.ts';
import type { OpenedLog } from './openLog.ts';
import { ParsedLines } from './parsedLines.ts';
import { Recorder } from './recorder.ts';
import { LogTail } from './tail.ts';

export class LineReading implements LogReading {
  readonly #opened: OpenedLog;
  readonly #recorder: Recorder;
  readonly #tail: LogTail;
  readonly #parser: LogParser;

  constructor(opened: OpenedLog, format: LineFormat, block: Buffer, batch: Batch) {
    const from = opened.isRestart ? undefined : opened.known;
    this.#opened = opened;
    this.#recorder = new Recorder(opened, batch);
    this.#parser = format.open({ relativePath: opened.relativePath }, from?.parser);
    const taker = new ParsedLines(this.#parser, this.#recorder);
    this.#tail = new LogTail(opened.fd, from?.readBytes ?? 0, block, taker);
  }

  get readBytes(): number {
    return this.#tail.offset;
  }

  readOn(): boolean {
    return this.#tail.readBlock();
  }

  step(isDone: boolean): CursorStep {
    const { file, fd } = this.#opened;
    const readBytes = this.#tail.offset;
    return this.#recorder.step({
      readBytes,
      tailHash: hashBefore(fd, readBytes),
      parser: this.#parser.save(),
      file: isDone ? file : { ...file, size: readBytes, mtimeUs: 0 },
    });
  }

  continueInto(batch: Batch): void {
    this.#recorder.continueInto(batch);
  }
}
