/** What is tried with Gemini CLI. */

import { lines } from './model/lines.ts';
import { ask, fail, manyCalls, say, shell, spawn, usage } from './model/steps.ts';
import { scenario, type Turn } from './scenario.ts';

const withModel = (model: string): Turn[] => [{ prompt: 'Say something', session: 'new', model }];

const thought = usage({ uncachedInput: 10_000, cacheRead: 100_000, output: 2_000, reasoning: 1_500 });

export const geminiScenarios = [
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
        main: [ask(spawn('reader'), spawn('writer')), say('All is done.')],
        reader: [ask(shell('echo reading')), say('Read.')],
        writer: [say('Written.')],
      }),
    { parents: { reader: 'main', writer: 'main' } },
  ),

  scenario('failed-calls', () => lines({ main: [fail(503), fail(500), say('At last.')] })),

  scenario('tool-loop', () => lines({ main: [...manyCalls(12), say('Enough.')] })),

  scenario('runaway', () => lines({ main: manyCalls(12) }), {
    maxCalls: 8,
    endsInError: true,
    staysOpen: true,
  }),

  scenario('cached-and-thought', () => lines({ main: [say('Thought.', thought)] }), {
    turns: withModel('gemini-2.5-pro'),
  }),

  scenario('model-switch', () => lines({ main: [say('One.'), say('Two.'), say('Three.')] }), {
    turns: [
      { prompt: 'Count', session: 'new', model: 'gemini-2.5-pro' },
      { prompt: 'Go on', session: 'resumed', model: 'gemini-2.5-flash' },
      { prompt: 'And on', session: 'resumed', model: 'gemini-2.5-flash-lite' },
    ],
  }),
];
