/** What is tried with Codex. */

import { lines } from './model/lines.ts';
import { meteredResponses } from './model/meter.ts';
import { ask, fail, failingShell, repeat, say, shell, spawn, usage, wait } from './model/steps.ts';
import { scenario, type Turn } from './scenario.ts';

const withModel = (model: string): Turn[] => [{ prompt: 'Say something', session: 'new', model }];

const cached = usage({ uncachedInput: 1_000, cacheRead: 5_000, output: 40, reasoning: 30 });

export const codexScenarios = [
  scenario('plain-reply', () => lines({ main: [say('Hello.')] })),

  scenario('tool-call', () => lines({ main: [ask(shell('echo one'), shell('echo two')), say('Both ran.')] })),

  scenario('failing-tool', () =>
    lines({
      main: [
        ask(failingShell('echo "no \\"such\\" file"; exit 3'), shell('echo fine')),
        ask(failingShell('exit 1')),
        say('It failed twice.'),
      ],
    }),
  ),

  scenario(
    'resumed',
    () => lines({ main: [say('One.'), ask(shell('echo two')), say('Two.'), say('Three.')] }),
    {
      turns: [
        { prompt: 'Count', session: 'new' },
        { prompt: 'Go on', session: 'resumed' },
        { prompt: 'And on', session: 'resumed' },
      ],
    },
  ),

  scenario('forked', () => lines({ main: [say('One.'), say('Two.'), say('Three.'), say('Four.')] }), {
    turns: [
      { prompt: 'Count', session: 'new' },
      { prompt: 'Go on', session: 'resumed' },
      { prompt: 'Try it another way', session: 'forked' },
      { prompt: 'And yet another', session: 'forked' },
    ],
  }),

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

  scenario('failed-calls', () => lines({ main: [fail(500), fail(503), say('At last.')] })),

  scenario('tool-loop', () => lines({ main: [...repeat(12, ask(shell('echo again'))), say('Enough.')] })),

  scenario('runaway', () => lines({ main: [ask(shell('echo on and on'))] }), {
    maxCalls: 8,
    endsInError: true,
  }),

  scenario('cached-and-reasoned', () => lines({ main: [say('Thought.', cached)] }), {
    turns: withModel('gpt-5.4'),
    cost: '0.00435',
  }),

  scenario('priority', () => lines({ main: [say('Quick.', cached)] }), {
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

  scenario('model-switch', () => lines({ main: [say('One.'), say('Two.'), say('Three.')] }), {
    turns: [
      { prompt: 'Count', session: 'new', model: 'gpt-5.4' },
      { prompt: 'Go on', session: 'resumed', model: 'gpt-5.5' },
      { prompt: 'And on', session: 'resumed', model: 'gpt-6.1-sol' },
    ],
  }),

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

  scenario('unknown-model', () => lines({ main: [say('Who am I?')] }), {
    turns: withModel('gpt-99'),
    isUnpriced: true,
  }),
];
