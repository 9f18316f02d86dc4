/** The log set of the ledger's benchmarks: generated once a machine, in the place where Claude Code keeps its logs. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installOnce } from '../harness/installOnce.ts';
import { cacheFolder } from '../harness/layout.ts';
import { writeClaudeLogs } from './claudeLogs.ts';
import type { ExpectedTotals } from './transcript.ts';

/** Raised when the generator changes, so that an older set is not taken for the new one. */
const generation = 2;
const seed = 42;

/** Size of the set that all parts share, in units of 2^20 bytes. */
export const megabytes = 500;

/** How often each reader runs; the median counts. */
export const rounds = 5;

export interface LogSet {
  /** A home folder whose `.claude` holds the logs. */
  readonly home: string;
  readonly expected: ExpectedTotals;
}

export async function logSet(size: number): Promise<LogSet> {
  const home = join(cacheFolder, 'bench', `claude-${size}mb-${seed}-${generation}`);
  await installOnce(home, async (unfinished) => {
    const expected = await writeClaudeLogs(join(unfinished, '.claude'), size, seed);
    await writeFile(join(unfinished, 'expected.json'), JSON.stringify(expected));
  });
  return { home, expected: JSON.parse(await readFile(join(home, 'expected.json'), 'utf8')) };
}
