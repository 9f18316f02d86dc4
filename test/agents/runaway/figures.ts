/** The figures of a runaway: how far it went past its limit, and what the guard took for it. */

import { type Pico, pico } from '../../../src/domain/money.ts';
import type { GuardAnswer } from './answers.ts';
import { costsOf, sum } from './runawayModel.ts';
import type { GuardedTurn, RunawayTrial } from './runawayTrial.ts';

export interface RunawayFigures {
  readonly served: number;
  /** Calls served when the limit was crossed, the crossing one included; `null` when it was not. */
  readonly crossedAt: number | null;
  /** Calls that came after the one that crossed. */
  readonly callsAfterCrossing: number;
  /** Calls that came after the guard had first said "stop"; `null` when it never did. */
  readonly callsAfterBlock: number | null;
  /** Money spent beyond the limit. */
  readonly overshoot: Pico;
  /** Times of the guard's answers, over all turns. */
  readonly latenciesMs: readonly number[];
}

/** @param later turns of the session, which add to the times of answers alone */
export function figuresOf(
  { limit, runaway }: Pick<RunawayTrial, 'limit' | 'runaway'>,
  ...later: readonly GuardedTurn[]
): RunawayFigures {
  const costs = costsOf(runaway.served);
  const crossing = costs.findIndex((_cost, index) => sum(costs.slice(0, index + 1)) >= limit.money);
  const spent = sum(costs);
  return {
    served: runaway.served.length,
    crossedAt: crossing < 0 ? null : crossing + 1,
    callsAfterCrossing: crossing < 0 ? 0 : runaway.askedMs.length - crossing - 1,
    callsAfterBlock: callsAfterBlock(runaway),
    overshoot: pico(spent > limit.money ? spent - limit.money : 0n),
    latenciesMs: [runaway, ...later].flatMap(({ answers }) =>
      answers.flatMap(({ latencyMs }) => latencyMs ?? []),
    ),
  };
}

function callsAfterBlock({ askedMs, answers }: GuardedTurn): number | null {
  const block = answers.find(isStop);
  return block === undefined ? null : askedMs.filter((atMs) => atMs > block.atMs).length;
}

export function isStop({ decision }: GuardAnswer): boolean {
  return decision === 'stop' || decision === 'stoppedByHand';
}
