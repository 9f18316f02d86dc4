/** Events that OpenClaw has packed. */

import { zstdDecompressSync } from 'node:zlib';

const mostEventBytes = 4 << 20;

/** Long events, and those of sessions that have rested, are packed; `null` where that cannot be undone. */
export function unpack(packed: unknown): string | null {
  if (!(packed instanceof Uint8Array)) return null;
  try {
    return zstdDecompressSync(packed, { maxOutputLength: mostEventBytes }).toString('utf8');
  } catch {
    return null;
  }
}
