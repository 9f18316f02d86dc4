/** Our count engine and its peers behind one function: text → tokens. */

import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { EncodingName } from '../../../src/estimator/encoding.ts';

export type Counter = (text: string) => number;

/** What a counter is loaded with: an encoding, and a way to import a peer. */
type Load = (encoding: EncodingName, peer: (specifier: string) => unknown) => Promise<Counter> | Counter;

/** Each by its fastest call that takes what looks like a special token for text. */
const loaders = {
  ours: async (encoding) => {
    const { createCountEngine } = await import('../../../src/estimator/engine/countEngine.ts');
    const { default: ranks } = await import(`js-tiktoken/ranks/${encoding}`);
    const engine = createCountEngine(ranks);
    return (text) => engine.count(text).tokens;
  },
  'gpt-tokenizer': (encoding, peer) => {
    const { countTokens } = peer(`gpt-tokenizer/encoding/${encoding}`) as {
      countTokens(text: string, options: object): number;
    };
    const options = { disallowedSpecial: new Set() };
    return (text) => countTokens(text, options);
  },
  'ai-tokenizer': (encoding, peer) => {
    const { default: Tokenizer } = peer('ai-tokenizer') as {
      default: new (data: unknown) => { encodeOrdinary(text: string): readonly number[] };
    };
    const tokenizer = new Tokenizer(peer(`ai-tokenizer/encoding/${encoding}`));
    return (text) => tokenizer.encodeOrdinary(text).length;
  },
  tiktoken: (encoding, peer) => {
    const { get_encoding } = peer('tiktoken') as {
      get_encoding(name: string): { encode_ordinary(text: string): Uint32Array };
    };
    const tiktoken = get_encoding(encoding);
    return (text) => tiktoken.encode_ordinary(text).length;
  },
  'js-tiktoken': (encoding, peer) => {
    const { Tiktoken } = peer('js-tiktoken/lite') as {
      Tiktoken: new (
        data: unknown,
      ) => { encode(text: string, allowed: [], disallowed: []): readonly number[] };
    };
    const tiktoken = new Tiktoken(peer(`js-tiktoken/ranks/${encoding}`));
    return (text) => tiktoken.encode(text, [], []).length;
  },
} as const satisfies Readonly<Record<string, Load>>;

export type CounterName = keyof typeof loaders;

/** The oracle, and so slow that it is measured less often: the least of our ratios is not the one to it. */
export const oracleName = 'js-tiktoken' satisfies CounterName;

export const counterNames = Object.keys(loaders) as readonly CounterName[];

/** @param peersFolder where the peers are installed */
export async function loadCounter(
  name: CounterName,
  encoding: EncodingName,
  peersFolder: string,
): Promise<Counter> {
  return loaders[name](encoding, createRequire(join(peersFolder, 'package.json')));
}
