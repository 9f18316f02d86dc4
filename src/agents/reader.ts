/**
 * The one interface behind which every agent's log format stays.
 *
 * A reader knows where an agent leaves its logs and what one line means. It opens no file and keeps no totals:
 * the ledger hands it lines and stores what it emits. To add an agent, write a reader, add it to `readers.ts` and
 * give its fixtures to the contract suite.
 */

import type { AgentId } from '../domain/agent.ts';
import type { Receipt } from '../domain/receipt.ts';
import type { RefusalReason } from '../domain/refusal.ts';
import type { SessionFacts } from '../domain/session.ts';

/** The machine as far as readers may know it. An argument, so that tests need no home folder. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly homeFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

export interface Reader {
  readonly agent: AgentId;
  /** Raised when the reader learns to see more in old lines: every log is then read again from its start. */
  readonly version: number;
  /** Absolute folders that may hold logs, whether or not they exist. */
  roots(machine: Machine): readonly string[];
  /** Whether a file below a root is a log, by its path relative to the root, with `/` between the parts. */
  isLog(relativePath: string): boolean;
  /**
   * Starts reading a log, or goes on where {@link LogParser.save} left off.
   *
   * @param saved what `save` returned after the last line read, or `undefined` at the start of the file
   */
  open(log: LogFile, saved?: JsonValue): LogParser;
}

export interface LogFile {
  /** Relative to its root, with `/` between the parts. */
  readonly relativePath: string;
}

export interface LogParser {
  /** Takes the next complete line. Never throws: what it cannot take it refuses. */
  read(line: LogLine, sink: Sink): void;
  /** All that the parser must remember between lines, small and fit for JSON. */
  save(): JsonValue;
}

/** One line of a log, without its line break. */
export interface LogLine {
  /**
   * The first `length` bytes, each as the character of its number, so ASCII reads as it is. Costs the same for a line of
   * any size: what kind of line it is mostly stands there.
   */
  head(length: number): string;
  /** Whether the bytes hold an ASCII text. Much cheaper than decoding: most lines are passed over by it. */
  has(needle: string): boolean;
  /** The decoded line. Invalid UTF-8 becomes U+FFFD; strings of some kilobytes are cut when the line is huge. */
  text(): string;
}

/** Where a parser puts what it finds. */
export interface Sink {
  receipt(receipt: Receipt): void;
  session(facts: SessionFacts): void;
  refuse(reason: RefusalReason): void;
}
