/**
 * How many tests passed and failed, and which need a look: told, through a file, by the process that runs mocha to the one
 * that sums up.
 */

import { readFileSync, writeFileSync } from 'node:fs';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** What is to be said again at the end: a line for each test that failed, or passed only when it was tried again. */
  readonly notes?: readonly string[];
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
  if (told === undefined || told.passed + told.failed === 0) {
    return { passed: 0, failed: 1, notes: ['failed: a suite that told of no test'] };
  }
  if (exitCode === 0 || told.failed > 0) return told;
  return { ...told, failed: 1, notes: [...told.notes, 'failed: a suite that ended badly after its tests'] };
}

function toldIn(file: string): Required<Counts> | undefined {
  try {
    const { passed, failed, notes = [] } = JSON.parse(readFileSync(file, 'utf8'));
    return Number.isInteger(passed) && Number.isInteger(failed) ? { passed, failed, notes } : undefined;
  } catch {
    return undefined;
  }
}

export function addCounts(all: readonly Counts[]): Required<Counts> {
  const sum = (numberOf: (counts: Counts) => number) => all.reduce((total, one) => total + numberOf(one), 0);
  return {
    passed: sum(({ passed }) => passed),
    failed: sum(({ failed }) => failed),
    notes: all.flatMap(({ notes = [] }) => notes),
  };
}

export function summaryLine({ passed, failed }: Counts): string {
  return `${passed} passed, ${failed} failed`;
}
