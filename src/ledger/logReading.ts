/** One log while it is read, whatever its format: what stands in it goes into a batch, and the cursor moves along. */

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

/**
 * @param block for reading bytes, shared by readings that follow one another
 * @throws LogDatabaseError
 */
export function startReading(sqlite: Sqlite, opened: OpenedLog, block: Buffer, batch: Batch): OpenReading {
  const { format } = opened.log;
  if (format.kind === 'lines' && isCompressed(format)) {
    const reading = new CompressedReading(opened, format, block, batch);
    return { reading, close: () => reading.close() };
  }
  if (format.kind === 'lines') {
    return { reading: new LineReading(opened, format, block, batch), close() {} };
  }
  if (format.kind === 'document') {
    return { reading: new DocumentReading(opened, format, block, batch), close() {} };
  }
  const database = new OpenLogDatabase(sqlite, opened.log.path);
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
