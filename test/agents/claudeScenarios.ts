/** What is tried with Claude Code. */

import { lines } from './model/lines.ts';
import { meteredMessages } from './model/meter.ts';
import { ask, fail, failingShell, repeat, say, shell, spawn, spawnAndAwait, usage } from './model/steps.ts';
import { scenario, type Turn } from './scenario.ts';

/** One response with both cache lives, worked out by hand for several models. */
const bothLives = {
  uncachedInput: 12_000,
  cacheRead: 180_000,
  cacheWrite5m: 30_000,
  cacheWrite1h: 8_000,
  output: 2_500,
  reasoning: 900,
};

/** Commands that print some thousand characters, each its own. */
const reports = ['the tides', 'the moon', 'the harbour', 'the boats', 'the nets', 'the storm'].map(
  (subject) => `for i in $(seq 1 60); do echo "Line $i of the report says of ${subject}: all is well."; done`,
);

const withModel = (model: string): Turn[] => [{ prompt: 'Say something', session: 'new', model }];

export const claudeScenarios = [
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
        main: [ask(spawn('reader'), spawn('writer')), say('All is done.')],
        reader: [ask(shell('echo reading')), say('Read.')],
        writer: [say('Written.')],
      }),
    { parents: { reader: 'main', writer: 'main' } },
  ),

  scenario(
    'awaited-sub-agents',
    () =>
      lines({
        main: [ask(spawnAndAwait('reader'), spawnAndAwait('writer')), say('All is done.')],
        reader: [ask(shell('echo reading')), say('Read.')],
        writer: [say('Written.')],
      }),
    { parents: { reader: 'main', writer: 'main' } },
  ),

  scenario(
    'nested-sub-agents',
    () =>
      lines({
        main: [ask(spawn('writer')), say('All is done.')],
        writer: [ask(spawn('speller')), say('Written.')],
        speller: [say('Spelt.')],
      }),
    { parents: { writer: 'main', speller: 'writer' } },
  ),

  scenario('failed-calls', () => lines({ main: [fail(529), fail(500), fail(429), say('At last.')] })),

  scenario('tool-loop', () => lines({ main: [...repeat(12, ask(shell('echo again'))), say('Enough.')] })),

  scenario('runaway', () => lines({ main: [ask(shell('echo on and on'))] }), {
    maxCalls: 8,
    endsInError: true,
  }),

  scenario('both-cache-lives', () => lines({ main: [say('Long.', usage(bothLives))] }), {
    turns: withModel('claude-opus-5-5'),
    cost: '0.348',
  }),

  scenario('fast', () => lines({ main: [say('Quick.', usage(bothLives, { terms: { speed: 'fast' } }))] }), {
    turns: withModel('claude-opus-5-5'),
    cost: '0.696',
  }),

  scenario('long-context', () => lines({ main: [say('Long.', usage(bothLives))] }), {
    turns: withModel('claude-haiku-5-5'),
    cost: '0.048',
  }),

  scenario(
    'edge-of-long-context',
    () =>
      lines({
        main: [
          say('Just short.', usage({ uncachedInput: 99_999, cacheRead: 1, output: 10 })),
          say('Just long.', usage({ uncachedInput: 99_999, cacheRead: 2, output: 10 })),
        ],
      }),
    {
      turns: [...withModel('claude-haiku-5-5'), { prompt: 'A little more', session: 'resumed' }],
      cost: '0.06002951',
    },
  ),

  scenario(
    'web-search-in-a-region',
    () => lines({ main: [say('Found.', usage(bothLives, { webSearches: 1, terms: { region: 'us' } }))] }),
    { turns: withModel('claude-haiku-5-5'), cost: '0.0628' },
  ),

  scenario('model-switch', () => lines({ main: [say('One.'), say('Two.'), say('Three.')] }), {
    turns: [
      { prompt: 'Count', session: 'new', model: 'claude-opus-5-5' },
      { prompt: 'Go on', session: 'resumed', model: 'claude-haiku-5-5' },
      { prompt: 'And on', session: 'resumed', model: 'claude-sonnet-5-5' },
    ],
  }),

  scenario(
    'calibration',
    () =>
      lines({
        main: [...reports.flatMap((report) => [ask(shell(report)), say('I have read it.')]), say('Goodbye.')],
      }),
    {
      meter: meteredMessages,
      turns: reports.map((_report, index) => ({
        prompt: `Read report ${index}\n${'Mind every line of it, and tell me what it says. '.repeat(40)}`,
        session: index === 0 ? 'new' : 'resumed',
      })),
    },
  ),

  scenario('unknown-model', () => lines({ main: [say('Who am I?')] }), {
    turns: withModel('claude-sonnet-9'),
    isUnpriced: true,
  }),
];
