/** Waiting for what becomes true by itself. */

import { setTimeout as pause } from 'node:timers/promises';

/** Reads again and again until `holds`; after `limitMs` it fails and tells what was read last. */
export async function eventually<Value>(
  read: () => Promise<Value> | Value,
  holds: (value: Value) => boolean,
  limitMs = 30_000,
): Promise<Value> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    if (Date.now() > deadline) throw new Error(`in vain for ${limitMs / 1000} s: ${JSON.stringify(value)}`);
    await pause(100);
  }
}
