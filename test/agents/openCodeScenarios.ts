/** What is tried with OpenCode. A prompt of several words is put into quotes by it: these have one. */

import { lines } from './model/lines.ts';
import { ask, fail, repeat, say, shell, spawn, usage } from './model/steps.ts';
import { scenario, type Turn } from './scenario.ts';

const withModel = (model?: string): Turn[] => [{ prompt: 'Speak', session: 'new', ...(model && { model }) }];

const cached = usage({ uncachedInput: 1_000, cacheRead: 5_000, output: 40, reasoning: 30 });

export const openCodeScenarios = [
  scenario('plain-reply', () => lines({ main: [say('Hello.')] }), { turns: withModel() }),

  scenario(
    'tool-call',
    () => lines({ main: [ask(shell('echo one'), shell('echo two')), say('Both ran.')] }),
    {
      turns: withModel(),
    },
  ),

  scenario(
    'resumed',
    () => lines({ main: [say('One.'), ask(shell('echo two')), say('Two.'), say('Three.')] }),
    {
      turns: [
        { prompt: 'Count', session: 'new' },
        { prompt: 'Onwards', session: 'resumed' },
        { prompt: 'Again', session: 'resumed' },
      ],
    },
  ),

  scenario('forked', () => lines({ main: [say('One.'), say('Two.'), say('Three.'), say('Four.')] }), {
    turns: [
      { prompt: 'Count', session: 'new' },
      { prompt: 'Onwards', session: 'resumed' },
      { prompt: 'Otherwise', session: 'forked' },
      { prompt: 'Elsewhere', session: 'forked' },
    ],
  }),

  scenario(
    'sub-agents',
    () =>
      lines({
        main: [ask(spawn('reader'), spawn('writer')), say('All is done.')],
        reader: [ask(shell('echo reading')), say('Read.')],
        writer: [say('Written.')],
      }),
    { turns: withModel(), parents: { reader: 'main', writer: 'main' } },
  ),

  scenario('failed-calls', () => lines({ main: [fail(500), fail(503), say('At last.')] }), {
    turns: withModel(),
  }),

  scenario('tool-loop', () => lines({ main: [...repeat(12, ask(shell('echo again'))), say('Enough.')] }), {
    turns: withModel(),
  }),

  scenario('cached-and-reasoned', () => lines({ main: [say('Thought.', cached)] }), {
    turns: withModel('gpt-5.4'),
    cost: '0.00435',
  }),

  scenario('model-switch', () => lines({ main: [say('One.'), say('Two.'), say('Three.')] }), {
    turns: [
      { prompt: 'Count', session: 'new', model: 'gpt-5.4' },
      { prompt: 'Onwards', session: 'resumed', model: 'gpt-5.5' },
      { prompt: 'Again', session: 'resumed', model: 'gpt-6.1-sol' },
    ],
  }),

  scenario('unknown-model', () => lines({ main: [say('Who am I?')] }), {
    turns: withModel('gpt-99'),
    isUnpriced: true,
  }),
];
