/** A model that bills by what it is sent: so many tokens for each of ours, and a constant for its system and tools. */

import { createRequire } from 'node:module';
import type { JsonValue } from '../../../src/agents/reader.ts';
import { createCountEngine, type Ranks } from '../../../src/estimator/engine/countEngine.ts';
import { objectsIn, textOf, type WireRequest } from './protocol.ts';
import type { Reply, Usage } from './script.ts';
import { usage } from './steps.ts';

/** What a response is billed for, by its request. */
export type Meter = (request: WireRequest, reply: Reply) => Usage;

export const billedPerToken = 1.3;
/** For the system prompt and the tools, whatever they are. */
export const billedForSystem = 12_345;
/** For a call of a tool, in the output as in later prompts. */
const billedForCall = 50;

/** Tokens by a public encoding. */
export function countPlain(text: string): number {
  return encoding.count(text).tokens;
}

/** For the Anthropic Messages protocol. */
export const meterMessages: Meter = ({ body }, reply) =>
  usage({
    uncachedInput: billedForSystem + Math.round(sum(objectsIn(body.messages).map(billContent))),
    output: Math.round(billText(reply.text) + reply.toolCalls.length * billedForCall),
  });

function billContent({ content }: { readonly content?: JsonValue }): number {
  if (typeof content === 'string') return billText(content);
  return sum(
    objectsIn(content).map((block) =>
      block.type === 'tool_use'
        ? billedForCall
        : block.type === 'tool_result'
          ? billContent(block)
          : billText(textOf(block.text)),
    ),
  );
}

function billText(text: string): number {
  return countPlain(text) * billedPerToken;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

const ranks: Ranks = createRequire(import.meta.url)('js-tiktoken/ranks/o200k_base');
const encoding = createCountEngine(ranks);
