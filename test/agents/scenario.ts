/** A scenario: what is asked of an agent, what the model answers, and what must come of it. */

import type { Meter } from './model/meter.ts';
import type { Script } from './model/script.ts';

export interface Turn {
  readonly prompt: string;
  /** Whether the turn opens a session, goes on with the last one, or goes on with a copy of it. */
  readonly session: 'new' | 'resumed' | 'forked';
  readonly model?: string;
}

export interface Scenario {
  readonly name: string;
  /** Makes a script that has not been played yet. */
  readonly script: () => Script;
  readonly turns: readonly Turn[];
  /** Calls after which the model refuses. */
  readonly maxCalls: number;
  /** The agent is expected to end the last turn with an error. */
  readonly endsInError: boolean;
  /** The agent logs nothing of its end: the session seems to be at work until it was quiet for long. */
  readonly staysOpen: boolean;
  /** Which actor started each sub-agent. */
  readonly parents: Readonly<Record<string, string>>;
  /** Lines for the agent's own settings. */
  readonly settings: readonly string[];
  /** No price list has the models: their receipts must have no cost, which is not a cost of zero. */
  readonly isUnpriced: boolean;
  /** How the model bills; absent takes figures that differ from call to call. Estimates are calibrated by it. */
  readonly meter?: Meter;
  /** What all of it costs at list price, in dollars, where it was worked out by hand. */
  readonly cost?: string;
}

const usual: Omit<Scenario, 'name' | 'script'> = {
  turns: [{ prompt: 'Say something', session: 'new' }],
  maxCalls: 60,
  endsInError: false,
  staysOpen: false,
  parents: {},
  isUnpriced: false,
  settings: [],
};

export function scenario(name: string, script: () => Script, rest: Partial<Scenario> = {}): Scenario {
  return { ...usual, name, script, ...rest };
}
