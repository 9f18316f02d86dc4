/** A log of lines while it is read: they go through the agent's parser, and the cursor moves along. */

import type { LogBlock } from '../agents/logBlock.ts';
import type { LineFormat, LogParser } from '../agents/reader.ts';
import type { Batch } from './batch.ts';
import type { CursorStep } from './cursorStep.ts';
import { hashBefore } from './hashBefore.ts';
import { lastLine } from './lastLine.ts';
import type { LogReading } from './logReading.ts';
import { logFileOf, type OpenedLog, rememberedOf } from './openLog.ts';
import { ParsedLines } from './parsedLines.ts';
import { Recorder } from './recorder.ts';
import { LogTail } from './tail.ts';

export class LineReading implements LogReading {
  readonly #opened: OpenedLog;
  readonly #format: LineFormat;
  readonly #block: LogBlock;
  readonly #recorder: Recorder;
  readonly #tail: LogTail;
  readonly #parser: LogParser;

  constructor(opened: OpenedLog, format: LineFormat, block: LogBlock, batch: Batch) {
    const from = opened.isRestart ? undefined : opened.known;
    this.#opened = opened;
    this.#format = format;
    this.#block = block;
    this.#recorder = new Recorder(opened, batch);
    this.#parser = format.open(logFileOf(opened), rememberedOf(from));
    const taker = new ParsedLines(this.#parser, this.#recorder);
    this.#tail = new LogTail(opened.fd, from?.readBytes ?? 0, block, taker);
  }

  get readBytes(): number {
    return this.#tail.offset;
  }

  readOn(): boolean {
    const hasMore = this.#tail.readBlock();
    if (!hasMore) this.#readUnbroken();
    return hasMore;
  }

  /**
   * Takes a last line that lacks nothing but its break, by a parser of its own: the cursor stays before the line, which is
   * read again when the break has come, and then says the same. Only what is refused is left to that time.
   */
  #readUnbroken(): void {
    const { fd, file } = this.#opened;
    const hasRest = this.#tail.offset < file.size;
    const line = hasRest ? lastLine(fd, this.#tail.offset, this.#block.bytes) : null;
    if (line === null) return;
    const parser = this.#format.open(logFileOf(this.#opened), structuredClone(this.#parser.save()));
    const recorder = this.#recorder;
    recorder.position = this.#tail.offset;
    try {
      parser.read(line, {
        receipt: (receipt) => recorder.receipt(receipt),
        session: (facts) => recorder.session(facts),
        toolCall: (call) => recorder.toolCall(call),
        plan: (reading) => recorder.plan(reading),
        refuse: () => undefined,
      });
    } catch {
      // A bug of the reader is counted with the line.
    }
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
