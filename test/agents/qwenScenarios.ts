/** What is tried with Qwen Code. */

import { lines } from './model/lines.ts';
import type { Script } from './model/script.ts';
import { ask, fail, manyCalls, say, shell, spawnAndAwait, usage } from './model/steps.ts';
import { type Scenario, scenario } from './scenario.ts';

const thought = usage({ uncachedInput: 10_000, cacheRead: 100_000, output: 2_000, reasoning: 1_500 });

/** No price list has Qwen's own models. */
function unpriced(name: string, script: () => Script, rest: Partial<Scenario> = {}): Scenario {
  return scenario(name, script, { isUnpriced: true, ...rest });
}

export const qwenScenarios = [
  unpriced('plain-reply', () => lines({ main: [say('Hello.')] })),

  unpriced('tool-call', () => lines({ main: [ask(shell('echo one'), shell('echo two')), say('Both ran.')] })),

  unpriced(
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

  unpriced('forked', () => lines({ main: [say('One.'), say('Two.'), say('Three.'), say('Four.')] }), {
    turns: [
      { prompt: 'Count', session: 'new' },
      { prompt: 'Go on', session: 'resumed' },
      { prompt: 'Try it another way', session: 'forked' },
      { prompt: 'And yet another', session: 'forked' },
    ],
  }),

  unpriced(
    'sub-agents',
    () =>
      lines({
        main: [ask(spawnAndAwait('reader'), spawnAndAwait('writer')), say('All is done.')],
        reader: [ask(shell('echo reading')), say('Read.')],
        writer: [say('Written.')],
      }),
    { parents: { reader: 'main', writer: 'main' } },
  ),

  unpriced('failed-calls', () => lines({ main: [fail(503), fail(500), say('At last.')] })),

  unpriced('tool-loop', () => lines({ main: [...manyCalls(12), say('Enough.')] })),

  unpriced('runaway', () => lines({ main: manyCalls(12) }), {
    maxCalls: 8,
    endsInError: true,
    staysOpen: true,
  }),

  unpriced('cached-and-thought', () => lines({ main: [say('Thought.', thought)] })),

  unpriced('model-switch', () => lines({ main: [say('One.'), say('Two.'), say('Three.')] }), {
    turns: [
      { prompt: 'Count', session: 'new', model: 'qwen3-coder-plus' },
      { prompt: 'Go on', session: 'resumed', model: 'qwen3-coder-flash' },
      { prompt: 'And on', session: 'resumed', model: 'qwen3-max' },
    ],
  }),
];
