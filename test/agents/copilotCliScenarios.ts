/** What is tried with Copilot CLI. */

import { lines } from './model/lines.ts';
import { ask, fail, repeat, say, shell, spawnAndAwait, usage } from './model/steps.ts';
import { scenario, type Turn } from './scenario.ts';

const withModel = (model: string): Turn[] => [{ prompt: 'Say something', session: 'new', model }];

const cached = usage({ uncachedInput: 1_000, cacheRead: 5_000, output: 40, reasoning: 30 });

export const copilotCliScenarios = [
  scenario('plain-reply', () => lines({ main: [say('Hello.')] })),

  scenario('tool-call', () => lines({ main: [ask(shell('echo one'), shell('echo two')), say('Both ran.')] })),

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

  scenario(
    'sub-agents',
    () =>
      lines({
        main: [ask(spawnAndAwait('reader'), spawnAndAwait('writer')), say('All is done.')],
        reader: [ask(shell('echo reading')), say('Read.')],
        writer: [say('Written.')],
      }),
    { parents: { reader: 'main', writer: 'main' } },
  ),

  scenario('failed-calls', () => lines({ main: [fail(500), fail(503), say('At last.')] })),

  scenario('tool-loop', () => lines({ main: [...repeat(12, ask(shell('echo again'))), say('Enough.')] })),

  scenario('cached-and-reasoned', () => lines({ main: [say('Thought.', cached)] }), {
    turns: withModel('gpt-5.4'),
    cost: '0.00435',
  }),

  scenario('model-switch', () => lines({ main: [say('One.'), say('Two.'), say('Three.')] }), {
    turns: [
      { prompt: 'Count', session: 'new', model: 'gpt-5.4' },
      { prompt: 'Go on', session: 'resumed', model: 'gpt-5.5' },
      { prompt: 'And on', session: 'resumed', model: 'gpt-6.1-sol' },
    ],
  }),

  scenario('unknown-model', () => lines({ main: [say('Who am I?')] }), {
    turns: withModel('gpt-99'),
    isUnpriced: true,
  }),
];
