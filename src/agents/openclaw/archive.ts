/** Sessions that OpenClaw has put away in its database: each the lines of its file, in one value. */

import { type LogRecord, parseRecord } from '../fields.ts';
import { newMemory } from '../pi/memory.ts';
import { takeRecord } from '../pi/sessionParser.ts';
import type { Sink } from '../reader.ts';
import { takeColdRecord } from './coldRecord.ts';
import { unpack } from './unpack.ts';

/** What a larger session holds is not read here: all of it must lie in memory. */
const mostBytes = 32 << 20;

/**
 * Takes a row of a table of sessions that were put away. What cannot be read is refused where no file holds it, too: the file of
 * one that is published is read piece by piece, whatever its size.
 *
 * @param row with `session`, `encoding` (`identity` or `zstd`), `archive` (bytes, `null` where there are too many) and
 *   `is_pending` (1 where no file has been made of it yet) and `is_cold` (1 where its lines are those of cold storage)
 */
export function takeArchive(row: LogRecord, sink: Sink): void {
  const { session, encoding, archive, is_pending, is_cold } = row;
  const take = is_cold === 1 ? takeColdRecord : takeRecord;
  const lines = archive instanceof Uint8Array ? linesOf(encoding, archive) : null;
  if (lines !== null) takeLines(String(session), lines, take, sink);
  else if (is_pending === 1) sink.refuse(archive === null ? 'oversized' : 'unreadable');
}

function linesOf(encoding: unknown, archive: Uint8Array): Uint8Array | null {
  if (encoding === 'zstd') return unpack(archive, mostBytes);
  return encoding === 'identity' ? archive : null;
}

function takeLines(session: string, lines: Uint8Array, take: typeof takeRecord, sink: Sink): void {
  const memory = { ...newMemory('openclaw', ''), sessionKey: session };
  for (const line of eachLine(lines)) {
    const record = parseRecord(line);
    if (record !== null) take(memory, record, sink);
    else if (line.trim() !== '') sink.refuse('malformed');
  }
}

/** The lines one by one, so that no more than one is decoded at a time. */
function* eachLine(lines: Uint8Array): Generator<string> {
  const bytes = Buffer.from(lines.buffer, lines.byteOffset, lines.byteLength);
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf('\n', start);
    const end = found === -1 ? bytes.length : found;
    yield bytes.toString('utf8', start, end);
    start = end + 1;
  }
}
