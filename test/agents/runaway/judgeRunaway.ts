/** Holds a runaway against what a guard must do. */

import type { RunawayFigures } from './figures.ts';
import { isStop } from './figures.ts';
import type { Saying } from './runawayAgents.ts';
import type { GuardedTurn, RunawayTrial } from './runawayTrial.ts';

/**
 * Every deviation as a sentence.
 *
 * @param mostAfterCrossing calls that may follow the one that crosses: one, and one more for each sub-agent at work
 */
export function judgeRunaway(
  trial: RunawayTrial,
  figures: RunawayFigures,
  says: Saying,
  mostAfterCrossing: number,
): string[] {
  return [
    ...checkStop(figures, trial.reach.most, mostAfterCrossing),
    ...checkSaid('stopped turn', trial.runaway, says.stopped),
    ...checkWrapUp(trial, says),
    ...checkRefusal(trial.refused, says),
    ...checkRelease(trial.released),
  ];
}

function checkStop(figures: RunawayFigures, mostCalls: number, mostAfterCrossing: number): string[] {
  const { crossedAt, callsAfterCrossing, callsAfterBlock, served } = figures;
  if (crossedAt === null) return [`it ended after ${served} calls, within its limit`];
  if (callsAfterCrossing <= mostAfterCrossing) return [];
  // Of hooks that ran at once the last answer alone is kept: that none was seen is no fault by itself.
  return callsAfterBlock === null
    ? [`the guard never said stop in ${served} calls of ${mostCalls}`]
    : [
        `${callsAfterCrossing} calls after the one that crossed the limit, ${callsAfterBlock} after the block`,
      ];
}

function checkSaid(name: string, { outcome }: GuardedTurn, sentence: RegExp): string[] {
  // Some break lines to the width of a terminal.
  const said = `${outcome.stdout} ${outcome.stderr}`.replace(/\s+/g, ' ');
  const ended = outcome.isTimedOut ? [`${name}: it did not end by itself`] : [];
  return sentence.test(said) ? ended : [...ended, `${name}: it does not say why: ${said.slice(-300)}`];
}

function checkWrapUp({ heard }: RunawayTrial, { wrapUp }: Saying): string[] {
  return wrapUp === null || wrapUp.sentence.test(heard) ? [] : ['the model was not told to conclude'];
}

function checkRefusal(turn: GuardedTurn, { refused }: Saying): string[] {
  const calls = turn.askedMs.length;
  const asked = calls === 0 ? [] : [`${calls} calls for a prompt to a stopped session`];
  return [...asked, ...checkSaid('refused prompt', turn, refused)];
}

/** What sub-agents found out before the stop may be reported in calls of its own. */
function checkRelease({ outcome, served, answers }: GuardedTurn): string[] {
  const { exitCode, stdout, stderr } = outcome;
  if (answers.some(isStop)) return ['a released session was stopped again'];
  return served.length >= 2 && exitCode === 0
    ? []
    : [
        `a released session made ${served.length} calls and ended with ${exitCode}: ${(stdout + stderr).slice(-300)}`,
      ];
}
