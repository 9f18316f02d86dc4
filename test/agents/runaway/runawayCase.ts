/** Something that is tried with a runaway, and what came of it. */

import type { Sandbox } from '../sandbox.ts';
import { figuresOf, type RunawayFigures } from './figures.ts';
import type { GuardInstaller } from './guard.ts';
import { endingGuard, refusingGuard } from './guardByHand.ts';
import { besideEditor, installedGuard } from './installedGuard.ts';
import { judgeRunaway } from './judgeRunaway.ts';
import type { RunawayAgent, Saying } from './runawayAgents.ts';
import { longReach, type Reach, type RunawayTrial, runAway, shortReach } from './runawayTrial.ts';

export interface RunawayCase {
  readonly name: string;
  play(agent: RunawayAgent, sandbox: Sandbox): Promise<CaseResult>;
}

export interface CaseResult {
  /** Every deviation as a sentence. */
  readonly deviations: readonly string[];
  /** Absent where nothing is measured. */
  readonly figures?: RunawayFigures;
}

/** The trials themselves: a guard that ends the turn must pass, one that refuses tools alone must be seen to fail. */
export const trialCases: readonly RunawayCase[] = [
  {
    name: 'trial-of-an-ending-guard',
    play: async (agent, sandbox) => {
      const said = /budget is spent/;
      const says = { stopped: said, refused: said, wrapUp: null };
      return judged(await runAwayFrom(agent, sandbox, endingGuard), says, 1);
    },
  },
  {
    name: 'trial-of-a-refusing-guard',
    play: async (agent, sandbox) => {
      const figures = figuresOf(await runAwayFrom(agent, sandbox, refusingGuard));
      const isSeen = figures.served === shortReach.most;
      return { figures, deviations: isSeen ? [] : [`it made ${figures.served} calls of ${shortReach.most}`] };
    },
  },
];

/** The agent's session has a budget, and so many sub-agents that run away with it. */
export function stoppedCase(name: string, helpers: readonly string[] = []): RunawayCase {
  return {
    name,
    play: async (agent, sandbox) => {
      const guard = installedGuard(marksOf(agent));
      return judgedStop(agent, await runAwayFrom(agent, sandbox, guard, helpers), helpers);
    },
  };
}

/**
 * As {@link stoppedCase}, beside an open editor, whose scanner first says that all is calm.
 *
 * @param isCrowded the ledger holds a million receipts, and another session keeps the scanner at work
 */
export function besideEditorCase(
  name: string,
  helpers: readonly string[] = [],
  isCrowded = false,
): RunawayCase {
  return {
    name,
    play: async (agent, sandbox) => {
      const guard = besideEditor(marksOf(agent), isCrowded);
      const trial = await runAwayFrom(agent, sandbox, guard, helpers, longReach);
      const { deviations, figures } = judgedStop(agent, trial, helpers);
      const wasCalm = trial.runaway.answers.some(({ decision }) => decision === 'pass');
      return { figures, deviations: [...deviations, ...(wasCalm ? [] : ['no hook met a calm editor'])] };
    },
  };
}

function marksOf({ says: { wrapUp } }: RunawayAgent): object {
  return wrapUp?.percent === undefined ? {} : { wrapUp: wrapUp.percent, near: wrapUp.percent };
}

/** Sub-agents may be the ones to hear that they are to conclude. */
function judgedStop(
  { says, lateCalls = 0 }: RunawayAgent,
  trial: RunawayTrial,
  helpers: readonly string[],
): CaseResult & { readonly figures: RunawayFigures } {
  return helpers.length === 0
    ? judged(trial, says, 1)
    : judged(trial, { ...says, wrapUp: null }, 1 + helpers.length + lateCalls);
}

function judged(trial: RunawayTrial, says: Saying, mostAfterCrossing: number) {
  const figures = figuresOf(trial, trial.refused, trial.released);
  return { figures, deviations: judgeRunaway(trial, figures, says, mostAfterCrossing) };
}

function runAwayFrom(
  { agent, withHelpers = agent, model }: RunawayAgent,
  sandbox: Sandbox,
  installGuard: GuardInstaller,
  helpers: readonly string[] = [],
  reach: Reach = shortReach,
): Promise<RunawayTrial> {
  const running = helpers.length === 0 ? agent : withHelpers;
  return runAway(running, sandbox, { installGuard, model, helpers, reach });
}
