/** The memory of threads that scan logs. */

import type { ResourceLimits } from 'node:worker_threads';

/**
 * A scan makes short-lived strings without end: a small nursery keeps a thread at half the memory, as fast. What outlives
 * it is stored and let go soon, but the engine waits the longer before it looks for garbage, the larger the heap may
 * become: by default until four times of what is in use, under this limit not half as much again. Live data take some
 * tens of megabytes.
 */
export const scanningLimits: ResourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 512 };
