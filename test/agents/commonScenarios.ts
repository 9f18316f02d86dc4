/** What is tried with more than one agent. */

import { lines } from './model/lines.ts';
import type { Step, ToolCall } from './model/script.ts';
import { ask, fail, failingShell, repeat, say, shell, usage } from './model/steps.ts';
import { type Scenario, scenario, type Turn } from './scenario.ts';

export const plainReply = scenario('plain-reply', () => lines({ main: [say('Hello.')] }));

export const toolCall = scenario('tool-call', () =>
  lines({ main: [ask(shell('echo one'), shell('echo two')), say('Both ran.')] }),
);

export const failingTool = scenario('failing-tool', () =>
  lines({
    main: [
      ask(failingShell('echo "no \\"such\\" file"; exit 3'), shell('echo fine')),
      ask(failingShell('exit 1')),
      say('It failed twice.'),
    ],
  }),
);

export const resumed = scenario(
  'resumed',
  () => lines({ main: [say('One.'), ask(shell('echo two')), say('Two.'), say('Three.')] }),
  {
    turns: [
      { prompt: 'Count', session: 'new' },
      { prompt: 'Go on', session: 'resumed' },
      { prompt: 'And on', session: 'resumed' },
    ],
  },
);

export const forked = scenario(
  'forked',
  () => lines({ main: [say('One.'), say('Two.'), say('Three.'), say('Four.')] }),
  {
    turns: [
      { prompt: 'Count', session: 'new' },
      { prompt: 'Go on', session: 'resumed' },
      { prompt: 'Try it another way', session: 'forked' },
      { prompt: 'And yet another', session: 'forked' },
    ],
  },
);

/** @param spawn starts a sub-agent, in the background or awaited */
export function subAgents(spawn: (actor: string) => ToolCall, name = 'sub-agents'): Scenario {
  return scenario(
    name,
    () =>
      lines({
        main: [ask(spawn('reader'), spawn('writer')), say('All is done.')],
        reader: [ask(shell('echo reading')), say('Read.')],
        writer: [say('Written.')],
      }),
    { parents: { reader: 'main', writer: 'main' } },
  );
}

/** @param statuses of the responses that fail before one does not */
export function failedCalls(...statuses: number[]): Scenario {
  return scenario('failed-calls', () => lines({ main: [...statuses.map(fail), say('At last.')] }));
}

/** The model asks for tools again and again, for the same one where the agent lets it. */
export function toolLoop(calls: readonly Step[] = repeat(12, ask(shell('echo again')))): Scenario {
  return scenario('tool-loop', () => lines({ main: [...calls, say('Enough.')] }));
}

/** The model asks for tools until it is taken away. */
export function runaway(
  calls: readonly Step[] = [ask(shell('echo on and on'))],
  rest: Partial<Scenario> = {},
): Scenario {
  return scenario('runaway', () => lines({ main: calls }), { maxCalls: 8, endsInError: true, ...rest });
}

/** Figures of a response that read part of its prompt from the cache, and thought. */
export const cachedUsage = usage({ uncachedInput: 1_000, cacheRead: 5_000, output: 40, reasoning: 30 });

export const cachedAndReasoned = scenario(
  'cached-and-reasoned',
  () => lines({ main: [say('Thought.', cachedUsage)] }),
  { turns: withModel('gpt-5.4'), cost: '0.00435' },
);

export function cachedAndThought(rest: Partial<Scenario> = {}): Scenario {
  const thought = usage({ uncachedInput: 10_000, cacheRead: 100_000, output: 2_000, reasoning: 1_500 });
  return scenario('cached-and-thought', () => lines({ main: [say('Thought.', thought)] }), rest);
}

export function modelSwitch(first: string, second: string, third: string): Scenario {
  return scenario('model-switch', () => lines({ main: [say('One.'), say('Two.'), say('Three.')] }), {
    turns: [
      { prompt: 'Count', session: 'new', model: first },
      { prompt: 'Go on', session: 'resumed', model: second },
      { prompt: 'And on', session: 'resumed', model: third },
    ],
  });
}

/**
 * A conversation that is compacted while it goes on, by settings of the agent's own.
 *
 * @param prompts tokens of the prompt of each reply, by which the conversation is full or has room again
 */
export function compacted(settings: string, prompts: readonly number[]): Scenario {
  const replies = prompts.map((uncachedInput, index) => ({
    ...(index === 0 ? ask(shell('echo one')) : say(`Reply ${index}.`)),
    usage: usage({ uncachedInput, output: 11 + index }),
  }));
  return scenario('compacted', () => lines({ main: replies }), {
    settings: [settings],
    turns: [
      { prompt: 'Count', session: 'new' },
      { prompt: 'Go on', session: 'resumed' },
    ],
  });
}

export function unknownModel(model: string): Scenario {
  return scenario('unknown-model', () => lines({ main: [say('Who am I?')] }), {
    turns: withModel(model),
    isUnpriced: true,
  });
}

/** One prompt to a model of that name. */
export function withModel(model: string): Turn[] {
  return [{ prompt: 'Say something', session: 'new', model }];
}
