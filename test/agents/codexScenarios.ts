/** What is tried with Codex. */

import {
  cachedAndReasoned,
  cachedUsage,
  failedCalls,
  failingTool,
  forked,
  modelSwitch,
  plainReply,
  resumed,
  runaway,
  toolCall,
  toolLoop,
  unknownModel,
  withModel,
} from './commonScenarios.ts';
import { lines } from './model/lines.ts';
import { meteredResponses } from './model/meter.ts';
import { ask, say, shell, spawn, usage, wait } from './model/steps.ts';
import { scenario } from './scenario.ts';

export const codexScenarios = [
  plainReply,
  toolCall,
  failingTool,
  resumed,
  forked,

  scenario(
    'sub-agents',
    () =>
      lines({
        main: [ask(spawn('reader'), spawn('writer')), ask(wait), say('All is done.')],
        reader: [ask(shell('echo reading')), say('Read.')],
        writer: [ask(spawn('speller')), ask(wait), say('Written.')],
        speller: [say('Spelt.')],
      }),
    { parents: { reader: 'main', writer: 'main', speller: 'writer' }, settings: ['agents.max_depth = 2'] },
  ),

  scenario(
    'sub-agents-with-history',
    () =>
      lines({
        main: [
          ask(shell('echo first')),
          ask(spawn('reader')),
          ask(wait),
          ask(spawn('writer')),
          ask(wait),
          say('All is done.'),
        ],
        reader: [ask(shell('echo reading')), say('Read.')],
        writer: [say('Written.')],
      }),
    { parents: { reader: 'main', writer: 'main' }, settings: ['features.multi_agent_v2 = true'] },
  ),
  failedCalls(500, 503),
  toolLoop(),
  runaway(),
  cachedAndReasoned,

  scenario('priority', () => lines({ main: [say('Quick.', cachedUsage)] }), {
    turns: withModel('gpt-5.4'),
    settings: ['service_tier = "priority"'],
    cost: '0.0087',
  }),

  scenario(
    'long-context-with-cache-writes',
    () =>
      lines({
        main: [
          say(
            'Long.',
            usage({
              uncachedInput: 30_000,
              cacheRead: 250_000,
              cacheWriteUnknown: 20_000,
              output: 4_000,
              reasoning: 3_000,
            }),
          ),
        ],
      }),
    { turns: withModel('gpt-6.1-sol'), cost: '0.33' },
  ),
  modelSwitch('gpt-5.4', 'gpt-5.5', 'gpt-6.1-sol'),

  scenario('baseline', () => lines({ main: [ask(shell('echo one')), say('Read.'), say('And on.')] }), {
    meter: meteredResponses,
    turns: [
      { prompt: 'Read this', session: 'new' },
      { prompt: 'Go on', session: 'resumed' },
    ],
  }),

  scenario(
    'compacted',
    () => lines({ main: [ask(shell('echo one')), say('A summary.'), ask(shell('echo two')), say('Read.')] }),
    { settings: ['model_auto_compact_token_limit = 9000'] },
  ),
  unknownModel('gpt-99'),
];
