/** Models that bill by what they are sent: so many tokens for each of ours, and a constant for system and tools. */

import { createRequire } from 'node:module';
import type { JsonValue } from '../../../src/agents/reader.ts';
import { createCountEngine, type Ranks } from '../../../src/estimator/engine/countEngine.ts';
import { type JsonObject, objectsIn, textOf, type WireRequest } from './protocol.ts';
import type { Reply, Usage } from './script.ts';
import { usage } from './steps.ts';

export interface Meter {
  /** Tokens billed for one of a public encoding. */
  readonly perToken: number;
  /** What a response is billed for, by its request. */
  bill(request: WireRequest, reply: Reply): Usage;
}

/** For the system prompt and the tools, whatever they are. */
const billedForSystem = 12_345;
/** For a call of a tool, in the output as in later prompts. */
const billedForCall = 50;

/** Tokens by a public encoding. */
export function countPlain(text: string): number {
  return encoding.count(text).tokens;
}

/** Speaks the Anthropic Messages protocol, as a model whose encoding is not public. */
export const meteredMessages: Meter = {
  perToken: 1.3,
  bill: ({ body }, reply) => billFor(1.3, objectsIn(body.messages).map(contentSize), reply),
};

/** Speaks the OpenAI Responses protocol, as a model whose encoding is public. */
export const meteredResponses: Meter = {
  perToken: 1,
  bill: ({ body }, reply) => billFor(1, objectsIn(body.input).map(itemSize), reply),
};

interface Size {
  readonly plainTokens: number;
  readonly calls: number;
}

function billFor(perToken: number, sizes: readonly Size[], reply: Reply): Usage {
  const prompt = sum(sizes.map(({ plainTokens, calls }) => plainTokens * perToken + calls * billedForCall));
  const output = countPlain(reply.text) * perToken + reply.toolCalls.length * billedForCall;
  return usage({ uncachedInput: billedForSystem + Math.round(prompt), output: Math.round(output) });
}

function contentSize({ content }: { readonly content?: JsonValue }): Size {
  if (typeof content === 'string') return sizeOf(content);
  const sizes = objectsIn(content).map((block) => {
    if (block.type === 'tool_use') return aCall;
    return block.type === 'tool_result' ? contentSize(block) : sizeOf(textOf(block.text));
  });
  return {
    plainTokens: sum(sizes.map(({ plainTokens }) => plainTokens)),
    calls: sum(sizes.map(({ calls }) => calls)),
  };
}

function itemSize(item: JsonObject): Size {
  if (item.type === 'function_call') return aCall;
  return item.type === 'message' ? contentSize(item) : sizeOf(textOf(item.output));
}

const aCall: Size = { plainTokens: 0, calls: 1 };

function sizeOf(text: string): Size {
  return { plainTokens: countPlain(text), calls: 0 };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

const ranks: Ranks = createRequire(import.meta.url)('js-tiktoken/ranks/o200k_base');
const encoding = createCountEngine(ranks);
