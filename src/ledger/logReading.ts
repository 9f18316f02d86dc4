/** One log while it is read, whatever its format: what stands in it goes into a batch, and the cursor moves along. */

import type { LogBlock } from '../agents/logBlock.ts';
import type { LogFormat, Reader } from '../agents/reader.ts';
import { OpenLogDatabase } from '../storage/logDatabase.ts';
import type { Sqlite } from '../storage/sqlite.ts';
import type { Batch } from './batch.ts';
import { CompressedReading } from './compressedReading.ts';
import type { CursorStep } from './cursorStep.ts';
import { DatabaseReading } from './databaseReading.ts';
import { DocumentReading } from './documentReading.ts';
import { LineReading } from './lineReading.ts';
import type { OpenedLog } from './openLog.ts';
import { isCompressed } from './source.ts';
import { blockBytes } from './tail.ts';

export interface LogReading {
  /** Bytes read so far, or what weighs as much. */
  readonly readBytes: number;
  /** Reads the next piece into the batch. Returns whether there may be more. */
  readOn(): boolean | Promise<boolean>;
  /**
   * The cursor after what was read so far.
   *
   * @param isDone whether the end was reached; if not, the file is remembered as another than it is, so that whoever
   *   looks at it next goes on
   */
  step(isDone: boolean): CursorStep;
  /** Goes on into another batch, after what {@link step} returned has been stored. */
  continueInto(batch: Batch): void;
}

/** A reading with what must be closed after it. */
export interface OpenReading {
  readonly reading: LogReading;
  close(): void;
}

export interface ReadingTools {
  readonly sqlite: Sqlite;
  /** For reading bytes: shared by readings that follow one another. */
  readonly block: LogBlock;
  readonly readers: readonly Reader[];
}

/** @throws LogDatabaseError */
export function startReading(opened: OpenedLog, batch: Batch, tools: ReadingTools): OpenReading {
  const { sqlite, block } = tools;
  const format = formatOf(opened, tools.readers);
  if (format.kind === 'lines' && isCompressed(format)) {
    // It keeps in its block what it has not split yet.
    const reading = new CompressedReading(opened, format, Buffer.allocUnsafe(blockBytes), batch);
    return { reading, close: () => reading.close() };
  }
  if (format.kind === 'lines') {
    return { reading: new LineReading(opened, format, block, batch), close() {} };
  }
  if (format.kind === 'document') {
    return { reading: new DocumentReading(opened, format, block.bytes, batch), close() {} };
  }
  const database = new OpenLogDatabase(sqlite, opened.path);
  try {
    return {
      reading: new DatabaseReading(opened, format, database, batch),
      close: () => database.close(),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

function formatOf({ agent, relativePath }: OpenedLog, readers: readonly Reader[]): LogFormat {
  const format = readers.find((reader) => reader.agent === agent)?.formatOf(relativePath);
  if (!format) throw new Error('a log without a format');
  return format;
}
