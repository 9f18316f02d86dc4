/** Lets one real agent run away under a guard, then asks it to go on: while it is stopped, and once it is released. */

import type { AgentUnderTest } from '../agentUnderTest.ts';
import { LoopbackModel, type ServedReply } from '../model/loopbackModel.ts';
import { type Outcome, runInside, type Sandbox } from '../sandbox.ts';
import { scenario, type Turn } from '../scenario.ts';
import { type GuardAnswer, watchAnswers } from './answers.ts';
import type { Guard, GuardInstaller, Limit } from './guard.ts';
import { costOfCalls, runawayScript } from './runawayModel.ts';

export interface RunawayOptions {
  readonly installGuard: GuardInstaller;
  readonly model: string;
  /** Sub-agents that the main loop starts first. */
  readonly helpers?: readonly string[];
  readonly reach?: Reach;
}

export interface Reach {
  /** What the session may spend, in calls. */
  readonly limit: number;
  /** Calls after which the model refuses: a runaway that reaches them was not stopped. */
  readonly most: number;
  /** How long one run may take. */
  readonly turnMs: number;
}

/** One run of the agent under the guard. */
export interface GuardedTurn {
  readonly outcome: Outcome;
  readonly served: readonly ServedReply[];
  /** When the model was asked, refused calls included. */
  readonly askedMs: readonly number[];
  readonly answers: readonly GuardAnswer[];
}

export interface RunawayTrial {
  readonly limit: Limit;
  readonly reach: Reach;
  readonly runaway: GuardedTurn;
  /** The next prompt, while the session is stopped. */
  readonly refused: GuardedTurn;
  /** The prompt after that, when it was released. */
  readonly released: GuardedTurn;
  /** The whole conversation as the model was last sent it before the stop. */
  readonly heard: string;
}

/** At 97 % after the fifth call, and over with the sixth. */
export const shortReach: Reach = { limit: 5.15, most: 40, turnMs: 180_000 };
/** Begins far from its limit: at 99 % after the sixteenth call, and over with the next one. */
export const longReach: Reach = { limit: 16.15, most: 60, turnMs: 300_000 };

export function runAway(
  agent: AgentUnderTest,
  sandbox: Sandbox,
  options: RunawayOptions,
): Promise<RunawayTrial> {
  return withGuarded(agent, sandbox, options, async ({ limit, reach, guard, model, next, calm }) => {
    const runaway = await next('Begin');
    const heard = JSON.stringify(model.lastRequest?.body);
    const sessionKey = runaway.answers.at(-1)?.session;
    const refused = await next('Continue', sessionKey);
    calm();
    await guard.release(sessionKey ?? '');
    const released = await next('Finish', sessionKey);
    return { limit, reach, runaway, refused, released, heard };
  });
}

/** One run alone, and what the doctor says of it. */
export interface SingleRun extends Pick<RunawayTrial, 'limit' | 'reach' | 'runaway'> {
  readonly doctor: string;
}

export function runAwayOnce(
  agent: AgentUnderTest,
  sandbox: Sandbox,
  options: RunawayOptions,
): Promise<SingleRun> {
  return withGuarded(agent, sandbox, options, async ({ limit, reach, guard, next }) => {
    const runaway = await next('Begin');
    return { limit, reach, runaway, doctor: await guard.doctor() };
  });
}

interface GuardedAgent extends Pick<RunawayTrial, 'limit' | 'reach'> {
  readonly guard: Guard;
  readonly model: LoopbackModel;
  readonly next: ReturnType<typeof prompter>;
  calm(): void;
}

async function withGuarded<Result>(
  agent: AgentUnderTest,
  sandbox: Sandbox,
  options: RunawayOptions,
  use: (guarded: GuardedAgent) => Promise<Result>,
): Promise<Result> {
  const { script, calm } = runawayScript(options.helpers);
  const { reach = shortReach } = options;
  const limit = { calls: reach.limit, money: costOfCalls(options.model, reach.limit) };
  const model = await LoopbackModel.start({ script, maxCalls: reach.most, lifeMs: 3 * reach.turnMs });
  let guard: Guard | undefined;
  try {
    await agent.prepare?.(
      sandbox,
      scenario('runaway', () => script),
      model.url,
    );
    guard = await options.installGuard(sandbox, agent.agent, limit);
    const next = prompter(agent, sandbox, { model, guard, modelName: options.model, turnMs: reach.turnMs });
    return await use({ limit, reach, guard, model, next, calm });
  } finally {
    model.stop();
    await guard?.close?.();
  }
}

interface Prompting {
  readonly model: LoopbackModel;
  readonly guard: Guard;
  readonly modelName: string;
  readonly turnMs: number;
}

function prompter(agent: AgentUnderTest, sandbox: Sandbox, { model, guard, modelName, turnMs }: Prompting) {
  return async (prompt: string, sessionKey?: string): Promise<GuardedTurn> => {
    const turn: Turn = { prompt, session: sessionKey === undefined ? 'new' : 'resumed', model: modelName };
    const [servedBefore, askedBefore] = [model.served.length, model.askedMs.length];
    const watch = watchAnswers(guard.answersFolder);
    const outcome = await runInside(
      sandbox,
      agent.command({ turn, modelUrl: model.url, sessionKey }),
      turnMs,
    ).finally(watch.end);
    return {
      outcome,
      served: model.served.slice(servedBefore),
      askedMs: model.askedMs.slice(askedBefore),
      answers: watch.answers,
    };
  };
}
