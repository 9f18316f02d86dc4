/** What is tried with Copilot CLI. */

import {
  cachedAndReasoned,
  failedCalls,
  modelSwitch,
  plainReply,
  resumed,
  subAgents,
  toolCall,
  toolLoop,
  unknownModel,
} from './commonScenarios.ts';
import { lines } from './model/lines.ts';
import { say, spawnAndAwait, usage } from './model/steps.ts';
import { scenario } from './scenario.ts';

export const copilotCliScenarios = [
  plainReply,
  toolCall,
  resumed,
  subAgents(spawnAndAwait),
  failedCalls(500, 503),
  toolLoop(),
  cachedAndReasoned,
  modelSwitch('gpt-5.4', 'gpt-5.5', 'gpt-6.1-sol'),
  unknownModel('gpt-99'),
];

export const compactingScenarios = [
  scenario(
    'compacted',
    () =>
      lines({
        main: [
          say('One.', usage({ uncachedInput: 901, output: 11 })),
          say('A summary.', usage({ uncachedInput: 902, cacheRead: 800, output: 12 })),
          say('Two.', usage({ uncachedInput: 903, output: 13 })),
        ],
      }),
    {
      turns: [
        { prompt: 'Count', session: 'new' },
        { prompt: '/compact', session: 'resumed' },
        { prompt: 'Go on', session: 'resumed' },
      ],
    },
  ),
];
