/** What surrounded a response, as its line tells. */

import type { Circumstances } from '../../domain/receipt.ts';
import { fieldOf, type LogRecord, nameOf, textOf } from '../fields.ts';

/** @param turn the prompt that the session is at work on, from 1; `null` where none is known */
export function circumstancesOf(line: LogRecord, message: LogRecord, turn: number | null): Circumstances {
  const durationMs = fieldOf(line, 'durationMs');
  return toCircumstances({
    stopReason: nameOf(message, 'stop_reason'),
    effort: nameOf(line, 'effort'),
    projectPath: textOf(line, 'cwd') ?? '',
    gitBranch: branchOf(line),
    durationMs: isDuration(durationMs) ? durationMs : null,
    turn,
  });
}

/** What surrounded a response; texts are `''` where they are missing. */
export interface Around {
  readonly stopReason: string;
  readonly effort: string;
  readonly projectPath: string;
  readonly gitBranch: string;
  readonly durationMs: number | null;
  readonly turn: number | null;
}

export function toCircumstances(around: Around): Circumstances {
  const { stopReason, effort, projectPath, gitBranch, durationMs, turn } = around;
  return {
    ...(stopReason !== '' && { stopReason }),
    ...(effort !== '' && { effort }),
    ...(projectPath !== '' && { projectPath }),
    ...(gitBranch !== '' && { gitBranch }),
    ...(durationMs !== null && { durationMs }),
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
  return toBranch(nameOf(line, 'gitBranch'));
}

/** As {@link branchOf}, of the name that is logged. */
export function toBranch(logged: string): string {
  return logged === 'HEAD' ? '' : logged;
}
