/** The log set of the ledger's benchmarks: generated once a machine, in the place where Claude Code keeps its logs. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installOnce } from '../harness/installOnce.ts';
import { cacheFolder } from '../harness/layout.ts';
import { writeClaudeLogs, writeSizedLogs } from './claudeLogs.ts';
import type { ExpectedTotals } from './transcript.ts';

/** Raised when the generator changes, so that an older set is not taken for the new one. */
const generation = 2;
const seed = 42;

/** How often each reader runs; the median counts. So often that it tells a tenth from the machine's moods. */
export const rounds = 9;

export interface LogSet {
  /** A home folder whose `.claude` holds the logs. */
  readonly home: string;
  readonly expected: ExpectedTotals;
}

/** How many logs there are, and how large. */
export interface Shape {
  readonly name: string;
  /** Writes the logs into a configuration folder of the agent. */
  readonly write: (folder: string) => Promise<ExpectedTotals>;
}

const megabyte = 2 ** 20;

/** The set that most parts share: sessions with sub-agents, some of which begin with a copy of another. */
export const families: Shape = {
  name: '500mb',
  write: (folder) => writeClaudeLogs(folder, 500, seed),
};

/** As many logs as somebody has after a year, one of them very large: what ccusage is profiled with. */
export const manyLogs: Shape = {
  name: '1200mb-in-3142',
  write: (folder) => writeSizedLogs(folder, [...new Array(3_141).fill(371_000), 87 * megabyte], seed),
};

export const oneLog: Shape = {
  name: '700mb-in-1',
  write: (folder) => writeSizedLogs(folder, [700 * megabyte], seed),
};

export async function logSet({ name, write }: Shape): Promise<LogSet> {
  const home = join(cacheFolder, 'bench', `claude-${name}-${seed}-${generation}`);
  await installOnce(home, async (unfinished) => {
    const expected = await write(join(unfinished, '.claude'));
    await writeFile(join(unfinished, 'expected.json'), JSON.stringify(expected));
  });
  return { home, expected: JSON.parse(await readFile(join(home, 'expected.json'), 'utf8')) };
}
