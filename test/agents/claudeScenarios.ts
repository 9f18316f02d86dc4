/** What is tried with Claude Code. */

import {
  failedCalls,
  failingTool,
  forked,
  modelSwitch,
  plainReply,
  resumed,
  runaway,
  subAgents,
  toolCall,
  toolLoop,
  unknownModel,
  withModel,
} from './commonScenarios.ts';
import { lines } from './model/lines.ts';
import { meteredMessages } from './model/meter.ts';
import type { Script, Usage } from './model/script.ts';
import { ask, say, search, shell, spawn, spawnAndAwait, usage } from './model/steps.ts';
import { type Scenario, scenario } from './scenario.ts';

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

export const claudeScenarios = [
  plainReply,
  toolCall,
  failingTool,
  resumed,
  forked,
  subAgents(spawn),
  subAgents(spawnAndAwait, 'awaited-sub-agents'),

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
  failedCalls(529, 500, 429),
  toolLoop(),
  runaway(),

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
  modelSwitch('claude-opus-5-5', 'claude-haiku-5-5', 'claude-sonnet-5-5'),

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
  unknownModel('claude-sonnet-9'),
];

/** What transcripts tell of and what they do not, which together must be all. */
export const toldScenarios = [
  scenario('told-search', () =>
    lines({ main: [ask(search('tide tables')), say('As the model found.'), say('That is all.')] }),
  ),
  scenario(
    'told-resumed',
    () => lines({ main: [say('One.'), ask(search('tides')), say('Found.'), say('Two.')] }),
    {
      turns: [
        { prompt: 'Count', session: 'new' },
        { prompt: 'Go on', session: 'resumed' },
      ],
    },
  ),
  scenario('told-compacted', () => lines({ main: [say('One.'), say('A summary.'), say('Two.')] }), {
    turns: [
      { prompt: 'Count', session: 'new' },
      { prompt: '/compact', session: 'resumed' },
      { prompt: 'Go on', session: 'resumed' },
    ],
  }),
  { ...subAgents(spawnAndAwait), name: 'told-sub-agents' },
  { ...failedCalls(529, 500, 429), name: 'told-failed-calls' },
  { ...forked, name: 'told-forked' },
].map(withoutReasoning);

/** Telemetry does not tell of reasoning: as billed without any, its receipts and those of transcripts are alike. */
function withoutReasoning(base: Scenario): Scenario {
  const script = (): Script => {
    const next = base.script();
    return (call) => {
      const step = next(call);
      return step?.kind === 'reply' ? { ...step, usage: plainUsage(call.number) } : step;
    };
  };
  return { ...base, script };
}

function plainUsage(callNumber: number): Usage {
  return usage({
    uncachedInput: 10 + callNumber,
    cacheRead: 9_000 + callNumber,
    cacheWrite5m: 500 + callNumber,
    cacheWrite1h: 1_000 + callNumber,
    output: 300 + callNumber,
  });
}
