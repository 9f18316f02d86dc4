/** Models that bill by what they are sent: a number of tokens for each text, and a constant for system and tools. */

import { createRequire } from 'node:module';
import type { JsonValue } from '../../../src/agents/reader.ts';
import { createCountEngine, type Ranks } from '../../../src/estimator/engine/countEngine.ts';
import { weights } from '../../../src/estimator/weights.ts';
import { type JsonObject, objectsIn, textOf, type WireRequest } from './protocol.ts';
import type { Reply, Usage } from './script.ts';
import { usage } from './steps.ts';

export interface Meter {
  /** Tokens billed for a text. */
  tokensOf(text: string): number;
  /** What a response is billed for, by its request. */
  bill(request: WireRequest, reply: Reply): Usage;
}

/** For the system prompt and the tools, whatever they are. */
const billedForSystem = 12_345;
/** For a call of a tool, in the output as in later prompts. */
const billedForCall = 50;

const ranks: Ranks = createRequire(import.meta.url)('js-tiktoken/ranks/o200k_base');
const encoding = createCountEngine(ranks);
const ofClaude = encoding.weighted(weights['claude-4.7'].perFeature);

/** Speaks the Anthropic Messages protocol, as a model that takes a fourth less than its family is estimated to. */
export const meteredMessages: Meter = meter(
  (text) => 0.75 * ofClaude.count(text).tokens,
  ({ body }) => objectsIn(body.messages).map(contentOf),
);

/** Speaks the OpenAI Responses protocol, as a model whose encoding is public. */
export const meteredResponses: Meter = meter(
  (text) => encoding.count(text).tokens,
  ({ body }) => objectsIn(body.input).map(itemOf),
);

/** What is billed of a part of a request. */
interface Content {
  readonly texts: readonly string[];
  readonly calls: number;
}

function meter(
  tokensOf: (text: string) => number,
  contentsOf: (request: WireRequest) => readonly Content[],
): Meter {
  const tokensIn = ({ texts, calls }: Content) => sum(texts.map(tokensOf)) + calls * billedForCall;
  return {
    tokensOf,
    bill(request, reply) {
      const prompt = sum(contentsOf(request).map(tokensIn));
      const output = tokensIn({ texts: [reply.text], calls: reply.toolCalls.length });
      return usage({ uncachedInput: billedForSystem + Math.round(prompt), output: Math.round(output) });
    },
  };
}

function contentOf({ content }: { readonly content?: JsonValue }): Content {
  if (typeof content === 'string') return { texts: [content], calls: 0 };
  const blocks = objectsIn(content).map((block): Content => {
    if (block.type === 'tool_use') return aCall;
    return block.type === 'tool_result' ? contentOf(block) : { texts: [textOf(block.text)], calls: 0 };
  });
  return {
    texts: blocks.flatMap(({ texts }) => texts),
    calls: sum(blocks.map(({ calls }) => calls)),
  };
}

function itemOf(item: JsonObject): Content {
  if (item.type === 'function_call') return aCall;
  return item.type === 'message' ? contentOf(item) : { texts: [textOf(item.output)], calls: 0 };
}

const aCall: Content = { texts: [], calls: 1 };

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
