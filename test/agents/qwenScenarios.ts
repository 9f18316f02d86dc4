/** What is tried with Qwen Code. */

import {
  cachedAndThought,
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
import { lines } from './model/lines.ts';
import { ask, manyCalls, say, shell, spawnAndAwait, usage } from './model/steps.ts';
import { type Scenario, scenario } from './scenario.ts';

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

  // By its own settings, so that the first response fills the conversation, and none that follow.
  scenario(
    'compacted',
    () =>
      lines({
        main: [
          { ...ask(shell('echo one')), usage: usage({ uncachedInput: 90_000, output: 11 }) },
          say('Read.', usage({ uncachedInput: 901, output: 12 })),
          say('Two.', usage({ uncachedInput: 902, output: 13 })),
        ],
      }),
    {
      settings: ['{ "context": { "autoCompactThreshold": 0.05 } }'],
      turns: [
        { prompt: 'Count', session: 'new' },
        { prompt: 'Go on', session: 'resumed' },
      ],
    },
  ),
];

/** No price list has Qwen's own models. */
export const qwenScenarios = scenarios.map((scenario) => ({ ...scenario, isUnpriced: true }));
