/** What is tried with Qwen Code. */

import {
  cachedAndThought,
  compacted,
  failedCalls,
  forked,
  modelSwitch,
  plainReply,
  resumed,
  runaway,
  subAgents,
  toolCall,
  toolLoop,
} from './commonScenarios.ts';
import { manyCalls, spawnAndAwait } from './model/steps.ts';
import type { Scenario } from './scenario.ts';

const scenarios: readonly Scenario[] = [
  plainReply,
  toolCall,
  resumed,
  forked,
  subAgents(spawnAndAwait),
  failedCalls(503, 500),
  toolLoop(manyCalls(12)),
  runaway(manyCalls(12), { staysOpen: true }),
  cachedAndThought(),
  modelSwitch('qwen3-coder-plus', 'qwen3-coder-flash', 'qwen3-max'),
  compacted('{ "context": { "autoCompactThreshold": 0.05 } }', [90_000, 901, 902]),
];

/** No price list has Qwen's own models. */
export const qwenScenarios = scenarios.map((scenario) => ({ ...scenario, isUnpriced: true }));
