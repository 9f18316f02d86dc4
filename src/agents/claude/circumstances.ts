/** What surrounded a response, as its line tells. */

import type { Circumstances } from '../../domain/receipt.ts';
import { fieldOf, type LogRecord, nameOf, textOf } from '../fields.ts';

/** @param turn the prompt that the session is at work on, from 1; `null` where none is known */
export function circumstancesOf(line: LogRecord, message: LogRecord, turn: number | null): Circumstances {
  const stopReason = nameOf(message, 'stop_reason');
  const effort = nameOf(line, 'effort');
  const projectPath = textOf(line, 'cwd');
  const gitBranch = branchOf(line);
  const durationMs = fieldOf(line, 'durationMs');
  return {
    ...(stopReason !== '' && { stopReason }),
    ...(effort !== '' && { effort }),
    ...(projectPath !== null && { projectPath }),
    ...(gitBranch !== '' && { gitBranch }),
    ...(isDuration(durationMs) && { durationMs }),
    ...(turn !== null && { turn }),
  };
}

const dayMs = 86_400_000;

/** Versions up to mid-2025 logged how long a response took. */
function isDuration(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) < dayMs;
}

/** The branch that is checked out; `''` where the line tells none, or `HEAD`, which stands for a detached one. */
export function branchOf(line: LogRecord): string {
  const branch = nameOf(line, 'gitBranch');
  return branch === 'HEAD' ? '' : branch;
}
