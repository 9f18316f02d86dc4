/** What is tried with Pi, which has no sub-agents of its own. */

import {
  cachedAndReasoned,
  failedCalls,
  failingTool,
  forked,
  modelSwitch,
  plainReply,
  resumed,
  toolCall,
  toolLoop,
  unknownModel,
} from './commonScenarios.ts';
import { lines } from './model/lines.ts';
import { ask, say, shell, usage } from './model/steps.ts';
import { type Scenario, scenario } from './scenario.ts';

export const piScenarios: readonly Scenario[] = [
  plainReply,
  toolCall,
  failingTool,
  resumed,
  forked,
  failedCalls(500, 503),
  toolLoop(),
  cachedAndReasoned,
  modelSwitch('gpt-5.4', 'gpt-5.5', 'gpt-6.1-sol'),
  unknownModel('gpt-99'),

  // By its own settings, so that the first responses fill the conversation, and none that follow.
  scenario(
    'compacted',
    () =>
      lines({
        main: [
          { ...ask(shell('echo one')), usage: usage({ uncachedInput: 90_000, output: 11 }) },
          say('Read.', usage({ uncachedInput: 90_100, output: 12 })),
          say('Two.', usage({ uncachedInput: 901, output: 13 })),
          say('Three.', usage({ uncachedInput: 902, output: 14 })),
        ],
      }),
    {
      settings: ['{ "compaction": { "enabled": true, "reserveTokens": 350000, "keepRecentTokens": 1 } }'],
      turns: [
        { prompt: 'Count', session: 'new' },
        { prompt: 'Go on', session: 'resumed' },
      ],
    },
  ),
];
