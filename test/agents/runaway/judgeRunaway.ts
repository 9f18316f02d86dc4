/** Holds a runaway against what a guard must do. */

import type { RunawayFigures } from './figures.ts';
import { isStop } from './figures.ts';
import { type GuardedTurn, mostCalls, type RunawayTrial } from './runawayTrial.ts';

export interface Expectations {
  /** What the agent must say when it is stopped. */
  readonly sentence: RegExp;
  /** What the model must be told when the reserve is reached; absent where the agent has no way to tell it. */
  readonly wrapUp?: RegExp;
  /** Calls that may follow the one that crosses: one, and one more for each sub-agent at work. */
  readonly mostAfterCrossing: number;
}

/** Every deviation as a sentence. */
export function judgeRunaway(trial: RunawayTrial, figures: RunawayFigures, expected: Expectations): string[] {
  return [
    ...checkStop(figures, expected),
    ...checkSaid('stopped turn', trial.runaway, expected.sentence),
    ...checkWrapUp(trial, expected),
    ...checkRefusal(trial.refused, expected),
    ...checkRelease(trial.released),
  ];
}

function checkStop(figures: RunawayFigures, { mostAfterCrossing }: Expectations): string[] {
  const { crossedAt, callsAfterCrossing, callsAfterBlock, served } = figures;
  if (crossedAt === null) return [`it ended after ${served} calls, within its limit`];
  if (callsAfterBlock === null) return [`the guard never said stop in ${served} calls of ${mostCalls}`];
  return callsAfterCrossing > mostAfterCrossing
    ? [`${callsAfterCrossing} calls after the one that crossed the limit, ${callsAfterBlock} after the block`]
    : [];
}

function checkSaid(name: string, { outcome }: GuardedTurn, sentence: RegExp): string[] {
  // Some break lines to the width of a terminal.
  const said = `${outcome.stdout} ${outcome.stderr}`.replace(/\s+/g, ' ');
  const ended = outcome.isTimedOut ? [`${name}: it did not end by itself`] : [];
  return sentence.test(said) ? ended : [...ended, `${name}: it does not say why: ${said.slice(-300)}`];
}

function checkWrapUp({ heard }: RunawayTrial, { wrapUp }: Expectations): string[] {
  return wrapUp === undefined || wrapUp.test(heard) ? [] : ['the model was not told to conclude'];
}

function checkRefusal(turn: GuardedTurn, { sentence }: Expectations): string[] {
  const calls = turn.askedMs.length;
  const refused = calls === 0 ? [] : [`${calls} calls for a prompt to a stopped session`];
  return [...refused, ...checkSaid('refused prompt', turn, sentence)];
}

function checkRelease({ outcome, served, answers }: GuardedTurn): string[] {
  const { exitCode, stdout, stderr } = outcome;
  if (answers.some(isStop)) return ['a released session was stopped again'];
  return served.length === 2 && exitCode === 0
    ? []
    : [
        `a released session made ${served.length} calls and ended with ${exitCode}: ${(stdout + stderr).slice(-300)}`,
      ];
}
