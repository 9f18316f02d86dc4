/** How many tests passed and failed: told, through a file, by the process that runs mocha to the one that sums up. */

import { readFileSync, writeFileSync } from 'node:fs';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** Names the file. Without it nothing is told. */
export const countsVariable = 'TOKEN_BURN_TEST_COUNTS';

export function writeCounts(counts: Counts, environment: NodeJS.ProcessEnv = process.env): void {
  const file = environment[countsVariable];
  if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
}

/**
 * The counts of a suite that ended with `exitCode`. A suite that told nothing or ran nothing, or that failed though
 * all its tests passed, has crashed: that counts as one failure.
 */
export function readCounts(file: string, exitCode: number): Counts {
  const told = toldIn(file);
  if (told === undefined || told.passed + told.failed === 0) return { passed: 0, failed: 1 };
  return exitCode !== 0 && told.failed === 0 ? { ...told, failed: 1 } : told;
}

function toldIn(file: string): Counts | undefined {
  try {
    const { passed, failed } = JSON.parse(readFileSync(file, 'utf8'));
    return Number.isInteger(passed) && Number.isInteger(failed) ? { passed, failed } : undefined;
  } catch {
    return undefined;
  }
}

export function addCounts(all: readonly Counts[]): Counts {
  return all.reduce((sum, one) => ({ passed: sum.passed + one.passed, failed: sum.failed + one.failed }), {
    passed: 0,
    failed: 0,
  });
}

export function summaryLine({ passed, failed }: Counts): string {
  return `${passed} passed, ${failed} failed`;
}
