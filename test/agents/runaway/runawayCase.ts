/** Something that is tried with a runaway, and what came of it. */

import type { Sandbox } from '../sandbox.ts';
import { figuresOf, type RunawayFigures } from './figures.ts';
import type { GuardInstaller } from './guard.ts';
import { endingGuard, refusingGuard } from './guardByHand.ts';
import { installedGuard } from './installedGuard.ts';
import { judgeRunaway } from './judgeRunaway.ts';
import type { RunawayAgent, Saying } from './runawayAgents.ts';
import { mostCalls, type RunawayTrial, runAway } from './runawayTrial.ts';

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
      const isSeen = figures.served === mostCalls;
      return { figures, deviations: isSeen ? [] : [`it made ${figures.served} calls of ${mostCalls}`] };
    },
  },
];

/** The agent's session has a budget, and so many sub-agents that run away with it. */
export function stoppedCase(name: string, helpers: readonly string[] = []): RunawayCase {
  return {
    name,
    play: async (agent, sandbox) => {
      const { wrapUp } = agent.says;
      const percent = wrapUp?.percent;
      const guard = installedGuard(percent === undefined ? {} : { wrapUp: percent, near: percent });
      const trial = await runAwayFrom(agent, sandbox, guard, helpers);
      // Sub-agents may be the ones to hear it.
      const says = helpers.length > 0 ? { ...agent.says, wrapUp: null } : agent.says;
      const late = helpers.length > 0 ? (agent.lateCalls ?? 0) : 0;
      return judged(trial, says, 1 + helpers.length + late);
    },
  };
}

function judged(trial: RunawayTrial, says: Saying, mostAfterCrossing: number): CaseResult {
  const figures = figuresOf(trial);
  return { figures, deviations: judgeRunaway(trial, figures, says, mostAfterCrossing) };
}

function runAwayFrom(
  { agent, model }: RunawayAgent,
  sandbox: Sandbox,
  installGuard: GuardInstaller,
  helpers: readonly string[] = [],
): Promise<RunawayTrial> {
  return runAway(agent, sandbox, { installGuard, model, helpers });
}
