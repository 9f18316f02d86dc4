/** What is tried with OpenCode. */

import {
  cachedAndReasoned,
  failedCalls,
  forked,
  modelSwitch,
  plainReply,
  resumed,
  subAgents,
  toolCall,
  toolLoop,
  unknownModel,
} from './commonScenarios.ts';
import { lines } from './model/lines.ts';
import { say, spawn, usage } from './model/steps.ts';
import { type Scenario, scenario, type Turn } from './scenario.ts';

const scenarios: readonly Scenario[] = [
  plainReply,
  toolCall,
  resumed,
  forked,
  subAgents(spawn),
  failedCalls(500, 503),
  toolLoop(),
  cachedAndReasoned,
  modelSwitch('gpt-5.4', 'gpt-5.5', 'gpt-6.1-sol'),
  unknownModel('gpt-99'),

  // Of its model's limits, so that the first response fills it, and none that follow.
  scenario(
    'compacted',
    () =>
      lines({
        main: [
          say('One.', usage({ uncachedInput: 50_000, output: 11 })),
          say('A summary.', usage({ uncachedInput: 901, output: 12 })),
          say('On.', usage({ uncachedInput: 902, output: 13 })),
          say('Two.', usage({ uncachedInput: 903, output: 14 })),
        ],
      }),
    {
      settings: ['{ "context": 20000, "output": 1000 }'],
      turns: [
        { prompt: 'Count', session: 'new' },
        { prompt: 'Go', session: 'resumed' },
      ],
    },
  ),
];

export const openCodeScenarios = scenarios.map((scenario) => ({
  ...scenario,
  turns: scenario.turns.map(toOneWord),
}));

/** It puts a prompt of several words into quotes, which then are in the session's name. */
function toOneWord(turn: Turn): Turn {
  return { ...turn, prompt: turn.prompt.split(' ', 1)[0] ?? '' };
}
