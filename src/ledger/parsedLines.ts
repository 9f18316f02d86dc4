/** Brings the lines of a log to the agent's parser, and what it makes of them to the recorder. */

import type { BlockLines } from '../agents/logBlock.ts';
import type { LogLine, LogParser } from '../agents/reader.ts';
import type { LineTaker } from './lineTaker.ts';
import type { Recorder } from './recorder.ts';

export class ParsedLines implements LineTaker {
  readonly #parser: LogParser;
  readonly #recorder: Recorder;

  constructor(parser: LogParser, recorder: Recorder) {
    this.#parser = parser;
    this.#recorder = recorder;
  }

  takeLine(line: LogLine, position: number): void {
    this.#recorder.position = position;
    try {
      this.#parser.read(line, this.#recorder);
    } catch {
      // Readers do not throw, unless they have a bug: then it costs a line, which is counted, and not the log.
      this.#recorder.refuse('malformed');
    }
  }

  takeLines(lines: BlockLines): number {
    try {
      return this.#parser.skim?.(lines, this.#recorder) ?? lines.start;
    } catch {
      // As above: what was told already is told again by each line, and counts once.
      return lines.start;
    }
  }

  takeOversized(): void {
    this.#recorder.refuse('oversized');
  }
}
