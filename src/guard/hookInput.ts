/**
 * What an agent writes to a hook. Some write the whole conversation: strings lose their ends while they arrive, so that
 * no more is held of it than is needed to know who asks.
 */

import type { Readable } from 'node:stream';
import { type LogRecord, parseRecord } from '../agents/fields.ts';
import { StringCutter } from '../ledger/stringCutter.ts';

/** Of what is left when strings have been cut. */
const mostBytes = 16 << 20;

/**
 * Reads to the end, or for so long: an agent that does not end its input is answered by what came.
 *
 * @param head what the launcher has read of it already, in hexadecimal with spaces
 * @returns `null` where that is no JSON object
 */
export async function readHookInput(stream: Readable, waitMs: number, head = ''): Promise<LogRecord | null> {
  const cutter = new StringCutter(mostBytes);
  cutter.push(Buffer.from(head.replace(/\s+/g, ''), 'hex'));
  await untilEnd(stream, (bytes) => cutter.push(bytes), waitMs);
  const kept = cutter.finish();
  return kept === null ? null : parseRecord(kept.toString('utf8'));
}

/** Never rejects. */
function untilEnd(stream: Readable, take: (bytes: Uint8Array) => void, waitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      stream.off('data', take);
      resolve();
    };
    const timer = setTimeout(finish, waitMs);
    stream.on('data', take).once('end', finish).once('close', finish).once('error', finish);
  });
}
