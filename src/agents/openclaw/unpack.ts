/** What OpenClaw has packed. */

import { zstdDecompressSync } from 'node:zlib';

/**
 * Long events, and those of sessions that have rested, are packed, as are sessions that were put away; `null` where that
 * cannot be undone.
 *
 * @param mostBytes what may come out of it
 */
export function unpack(packed: unknown, mostBytes: number): Buffer | null {
  if (!(packed instanceof Uint8Array)) return null;
  try {
    return zstdDecompressSync(packed, { maxOutputLength: mostBytes });
  } catch {
    return null;
  }
}
