/**
 * The one interface behind which every agent's log format stays.
 *
 * A reader knows where an agent leaves its logs and what stands in them. It opens no file and keeps no totals: the ledger
 * hands it lines, documents or the rows of a database, and stores what it emits. To add an agent, write a reader, add it
 * to `readers.ts` and give its fixtures to the contract suite.
 */

import type { AgentId } from '../domain/agent.ts';
import type { PlanReading } from '../domain/planReading.ts';
import type { Receipt } from '../domain/receipt.ts';
import type { RefusalReason } from '../domain/refusal.ts';
import type { SessionFacts } from '../domain/session.ts';
import type { ToolCall } from '../domain/toolCall.ts';
import type { BlockLines } from './logBlock.ts';
import type { ReplyRun } from './replyRun.ts';

/** The machine as far as readers may know it. An argument, so that tests need no home folder. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly homeFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The `User` folder of the editor that asks, where it is known. */
  readonly ownUserFolder?: string;
  /** Folders open in the editor that asks: some agents leave their logs in the project. */
  readonly workspaceFolders?: readonly string[];
}

/** A machine with what was found on it. */
export interface SurveyedMachine extends Machine {
  /** The `User` folders of VS Code and its relatives that are there, those of remote servers included. */
  readonly userFolders: readonly string[];
  /** The files of settings in these folders, where there are any. Absent where they were not looked for. */
  readonly userSettings?: readonly string[];
}

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

export interface Reader {
  readonly agent: AgentId;
  /** Raised when the reader learns to see more in old lines: every log is then read again from its start. */
  readonly version: number;
  /** Folders that may hold logs, whether or not they exist. */
  roots(machine: SurveyedMachine): readonly LogRoot[];
  /** What to read beside a folder of logs that the user set in place of the usual ones. */
  besides?(machine: Machine, folder: string): readonly LogRoot[];
  /** What kind of log a file below a root is, by its path relative to the root, with `/` between the parts. */
  formatOf(relativePath: string): LogFormat | null;
  /**
   * Whether logs may lie below a folder, given likewise: all others are left alone. Absent where they may lie anywhere.
   *
   * @param root path of the root that it is relative to, for readers with roots of several kinds
   */
  mayHoldLogs?(relativePath: string, root?: string): boolean;
}

/** A folder with logs. */
export interface LogRoot {
  /** Absolute. */
  readonly path: string;
  /** Only the files in the folder itself are logs. */
  readonly isFlat?: boolean;
  /** Name of the one file in the folder itself that may be a log: the rest is no business of the reader's. */
  readonly onlyFile?: string;
  /**
   * What of it changes and has to do with logs, where that is little: paths below the folder, in which `*` stands for any
   * name or part of one. What else lies there is read, but not watched.
   */
  readonly watched?: readonly string[];
  /**
   * Another operating system keeps it: nobody tells what changes there, and locks of databases do not reach across, so
   * that these are left alone.
   */
  readonly isForeign?: boolean;
}

/** How a log is kept, and so how it is read on when it has changed. */
export type LogFormat = LineFormat | DocumentFormat | DatabaseFormat;

/** Lines are added at the end. */
export interface LineFormat {
  readonly kind: 'lines';
  /** The log is compressed as a whole, by Zstandard. It never grows: nothing is saved of it. */
  readonly compression?: 'zstd';
  /**
   * Starts reading a log, or goes on where {@link LogParser.save} left off.
   *
   * @param saved what `save` returned after the last line read, or `undefined` at the start of the file
   */
  open(log: LogFile, saved?: JsonValue): LogParser;
}

/** Written anew as a whole, and read as a whole. */
export interface DocumentFormat {
  readonly kind: 'document';
  /**
   * Takes the document. Never throws: what it cannot take it refuses. Nothing is remembered of earlier states: what they
   * told is in the ledger by its ids, and of a sum in the place of what was dropped see `Receipt.dropped`.
   */
  read(log: LogFile, document: LogLine, sink: Sink): void;
}

/** A database of SQLite. */
export interface DatabaseFormat {
  readonly kind: 'database';
  /**
   * Starts reading, or goes on where {@link DatabaseParser.save} left off.
   *
   * @param saved what `save` returned after the last slice, or `undefined` at first
   */
  open(log: LogFile, database: LogDatabase, saved?: JsonValue): DatabaseParser;
}

export interface LogFile {
  /** Relative to its root, with `/` between the parts. */
  readonly relativePath: string;
  /** Absolute path of the folder that it lies in: where agents log into the project, the project. */
  readonly folder?: string;
  /** When it was last written, in milliseconds since 1970 UTC: for formats that tell no time. */
  readonly writtenMs?: number;
  /**
   * The text of another file, by its path from the log's own folder; `null` when there is none, or one too large. Long
   * strings of a large one are cut. For what belongs to every record of a log and stands elsewhere: a change of that
   * file alone makes nobody read the log again.
   */
  beside?(path: string): string | null;
}

/** A database of another program, which may be writing to it: nothing is locked for longer than one question. */
export interface LogDatabase {
  /** The columns of a table, none where there is no such table. They come and go between versions. */
  columns(table: string): ReadonlySet<string>;
  /**
   * The rows that a question gives, as many as its `LIMIT` says: ask for few at a time, and of large values only what is
   * needed, by `json_extract`.
   */
  rows(
    sql: string,
    ...values: readonly (string | number | null)[]
  ): readonly Readonly<Record<string, unknown>>[];
}

export interface DatabaseParser {
  /**
   * Reads the next rows, at most some thousand. What it cannot take it refuses; what the database itself throws it lets
   * through. Returns whether there may be more.
   */
  readSlice(sink: Sink): boolean;
  /** All that the parser must remember until it goes on, small and fit for JSON. */
  save(): JsonValue;
}

export interface LogParser {
  /** Takes the next complete line. Never throws: what it cannot take it refuses. */
  read(line: LogLine, sink: Sink): void;
  /**
   * Takes the next lines, as many as can be taken faster together than each by {@link read}, and tells the same of them.
   * Absent where none can.
   *
   * @returns offset in the block of the first line that was not taken; the end where all were
   */
  skim?(lines: BlockLines, sink: PlacedSink): number;
  /** All that the parser must remember between lines, small and fit for JSON. It changes with the next line. */
  save(): JsonValue;
}

/** One line of a log, without its line break, or a whole document. */
export interface LogLine {
  /** Bytes of the line as it stands in the log, before anything was cut. */
  readonly byteLength: number;
  /**
   * The first `length` bytes, each as the character of its number, so ASCII reads as it is. Costs the same for a line of
   * any size: what kind of line it is mostly stands there.
   */
  head(length: number): string;
  /** Whether the bytes hold an ASCII text. Much cheaper than decoding: most lines are passed over by it. */
  has(needle: string): boolean;
  /** Where the bytes hold an ASCII text for the first time from an offset on; -1 where they do not. Cheap like `has`. */
  find(needle: string, from: number): number;
  /** The bytes from an offset to before another, as in `head`. */
  slice(start: number, end: number): string;
  /** The same as they are, for as long as the line is read. */
  bytes(start: number, end: number): Uint8Array;
  /**
   * The decoded line, or its bytes from an offset to before another. Invalid UTF-8 becomes U+FFFD; strings of some
   * kilobytes are cut when the line is huge.
   */
  text(start?: number, end?: number): string;
}

/** Where a parser puts what it finds. */
export interface Sink {
  receipt(receipt: Receipt): void;
  session(facts: SessionFacts): void;
  toolCall(call: ToolCall): void;
  plan(reading: PlanReading): void;
  refuse(reason: RefusalReason): void;
}

/** A sink that is told where the line stands which is told of. */
export interface PlacedSink extends Sink {
  /** Byte offset of the line in its log. */
  position: number;
  /** Takes many responses and calls at once, which say nothing of where they stand. */
  run(run: ReplyRun): void;
}
