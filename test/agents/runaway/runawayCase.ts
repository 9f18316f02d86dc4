/** Something that is tried with a runaway, and what came of it. */

import type { Sandbox } from '../sandbox.ts';
import { figuresOf, type RunawayFigures } from './figures.ts';
import type { GuardInstaller } from './guard.ts';
import { endingGuard, refusingGuard } from './guardByHand.ts';
import { type Expectations, judgeRunaway } from './judgeRunaway.ts';
import type { RunawayAgent } from './runawayAgents.ts';
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
  stoppedBy('trial-of-an-ending-guard', endingGuard, { sentence: /budget is spent/, mostAfterCrossing: 1 }),
  {
    name: 'trial-of-a-refusing-guard',
    play: async (agent, sandbox) => {
      const figures = figuresOf(await runAwayFrom(refusingGuard, agent, sandbox));
      return {
        figures,
        deviations: figures.served === mostCalls ? [] : [`it made ${figures.served} calls of ${mostCalls}`],
      };
    },
  },
];

export function stoppedBy(
  name: string,
  installGuard: GuardInstaller,
  expected: Expectations,
  helpers: readonly string[] = [],
): RunawayCase {
  return {
    name,
    play: async (agent, sandbox) => {
      const trial = await runAwayFrom(installGuard, agent, sandbox, helpers);
      const figures = figuresOf(trial);
      return { figures, deviations: judgeRunaway(trial, figures, expected) };
    },
  };
}

function runAwayFrom(
  installGuard: GuardInstaller,
  { agent, model }: RunawayAgent,
  sandbox: Sandbox,
  helpers: readonly string[] = [],
): Promise<RunawayTrial> {
  return runAway(agent, sandbox, { installGuard, model, helpers });
}
