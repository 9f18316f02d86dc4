/** Makes the steps of a script. */

import type { Failure, Reply, Step, ToolCall, Usage } from './script.ts';

export function say(text: string, figures?: Usage): Reply {
  return { kind: 'reply', text, toolCalls: [], ...(figures && { usage: figures }) };
}

export function ask(...toolCalls: ToolCall[]): Reply {
  return { kind: 'reply', text: 'One moment.', toolCalls };
}

export function shell(command: string): ToolCall {
  return { tool: 'shell', command };
}

/** A command that ends with another code than 0. */
export function failingShell(command: string): ToolCall {
  return { tool: 'shell', command, fails: true };
}

export function spawn(actor: string): ToolCall {
  return { tool: 'spawn', actor };
}

export function spawnAndAwait(actor: string): ToolCall {
  return { tool: 'spawn', actor, isAwaited: true };
}

export function search(query: string): ToolCall {
  return { tool: 'search', query };
}

export const wait: ToolCall = { tool: 'wait' };

export function fail(status: number): Failure {
  return { kind: 'failure', status };
}

/** Figures for one response; classes that are not named are zero. */
export function usage(tokens: Partial<Usage['tokens']>, rest: Partial<Omit<Usage, 'tokens'>> = {}): Usage {
  return { tokens: { ...noUsage, ...tokens }, webSearches: 0, terms: {}, ...rest };
}

const noUsage: Usage['tokens'] = {
  uncachedInput: 0,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  cacheWriteUnknown: 0,
  output: 0,
  reasoning: 0,
};

/** Calls that differ: some agents stop a model that asks for the same thing again and again. */
export function manyCalls(times: number): Step[] {
  return Array.from({ length: times }, (_, index) => ask(shell(`echo again ${index}`)));
}

export function repeat(times: number, step: Step): Step[] {
  return Array.from({ length: times }, () => step);
}
