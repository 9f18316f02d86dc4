/** Plays one scenario with one real agent, and gathers what there is to judge it by. */

import type { AgentUnderTest } from './agentUnderTest.ts';
import { LoopbackModel, type ServedReply } from './model/loopbackModel.ts';
import type { ModelCall } from './model/script.ts';
import { type Outcome, runInside, type Sandbox } from './sandbox.ts';
import type { Scenario, Turn } from './scenario.ts';

/** One run of the agent. */
export interface PlayedTurn {
  readonly turn: Turn;
  readonly outcome: Outcome;
  /** The session that the agent says it ran in. */
  readonly sessionKey: string | undefined;
  /** What the model served during the run. */
  readonly served: readonly ServedReply[];
}

export interface Trial {
  readonly turns: readonly PlayedTurn[];
  readonly unforeseen: readonly ModelCall[];
  readonly strangePaths: readonly string[];
}

/** The sessions that the turns ran in, in the order of their beginning. */
export function sessionKeys(turns: readonly PlayedTurn[]): string[] {
  return [...new Set(turns.flatMap(({ sessionKey }) => sessionKey ?? []))];
}

const turnLimitMs = 120_000;

export async function play(agent: AgentUnderTest, scenario: Scenario, sandbox: Sandbox): Promise<Trial> {
  const model = await LoopbackModel.start({
    script: scenario.script(),
    maxCalls: scenario.maxCalls,
    meter: scenario.meter,
    lifeMs: scenario.turns.length * turnLimitMs,
  });
  try {
    await agent.prepare?.(sandbox, scenario, model.url);
    const turns = await playTurns(agent, scenario, sandbox, model);
    return { turns, unforeseen: model.unforeseen, strangePaths: model.strangePaths };
  } finally {
    model.stop();
  }
}

async function playTurns(
  agent: AgentUnderTest,
  scenario: Scenario,
  sandbox: Sandbox,
  model: LoopbackModel,
): Promise<PlayedTurn[]> {
  const played: PlayedTurn[] = [];
  for (const turn of scenario.turns) {
    const servedBefore = model.served.length;
    const sessionKey = turn.session === 'new' ? undefined : played.at(-1)?.sessionKey;
    const command = agent.command({ turn, modelUrl: model.url, sessionKey });
    const outcome = await runInside(sandbox, command, turnLimitMs);
    played.push({
      turn,
      outcome,
      sessionKey: agent.sessionKeyOf(outcome),
      served: model.served.slice(servedBefore),
    });
  }
  return played;
}
