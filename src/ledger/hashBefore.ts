/** Tells whether a log still is what was read of it. */

import { readSync } from 'node:fs';
import { fingerprint } from './identity.ts';

/** Bytes before the cursor that must still be the same for reading to go on there. */
const tailBytes = 256;

/** Fingerprint of the bytes just before an offset. */
export function hashBefore(fd: number, offset: number): string {
  const from = Math.max(0, offset - tailBytes);
  const bytes = Buffer.alloc(offset - from);
  const length = readSync(fd, bytes, 0, bytes.length, from);
  return fingerprint(bytes.subarray(0, length));
}

/** The fingerprint where no bytes are looked at. */
export const emptyHash = fingerprint(new Uint8Array());
