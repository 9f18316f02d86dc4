/** Texts to count with public vocabularies: what the packages of the repository ship, and what the runtime knows. */

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../bench/random.ts';
import { corpora } from '../bench/tokenizers/corpora.ts';
import { root } from '../harness/layout.ts';
import type { SetName } from './row.ts';

export interface OwnText {
  readonly set: SetName;
  readonly kind: string;
  readonly id: string;
  readonly text: string;
}

/** Languages whose letters no text with recorded counts is written in. */
const distantLanguages = ['ar', 'he', 'hi', 'bn', 'th', 'el', 'vi', 'tr'];

const windows = { corpus: 40, messages: 12, names: 6 } as const;
const lengths = { least: 200, most: 4_000 } as const;

export function ownTexts(): readonly OwnText[] {
  return [
    ...corpora().flatMap(({ name, text }) => cut('corpus', name, text)),
    ...messages().flatMap(([language, text]) => cut('messages', language, text)),
    ...distantLanguages.flatMap((language) => cut('names', language, namesOf(language))),
  ];
}

/** Windows of many sizes, at the beginnings of lines where there are any, spread all over a text. */
function cut(set: keyof typeof windows, kind: string, text: string): readonly OwnText[] {
  const random = seededRandom(5);
  const stride = Math.floor(text.length / windows[set]);
  return Array.from({ length: windows[set] }, (_, index) => {
    const line = text.indexOf('\n', index * stride) + 1;
    const start = line > 0 && line < (index + 0.5) * stride ? line : index * stride;
    const length = Math.min(stride, random.whole(lengths.least, lengths.most));
    return { set, kind, id: `${kind}-${index + 1}`, text: text.slice(start, start + length) };
  });
}

/** What the compiler says in other languages; Chinese and Japanese are among the corpora. */
function messages(): readonly (readonly [language: string, text: string])[] {
  const paths = globSync('node_modules/typescript/lib/*/*.json', { cwd: root }).sort();
  return paths.flatMap((path) => {
    const language = /([^/\\]+)[/\\][^/\\]+$/.exec(path)?.[1] ?? '';
    const lines: readonly string[] = Object.values(JSON.parse(readFileSync(join(root, path), 'utf8')));
    return /^(?:zh|ja)/.test(language) ? [] : [[language, lines.join('\n').slice(0, 100_000)] as const];
  });
}

/** The names of regions, languages and currencies, as far as the runtime knows them. */
function namesOf(language: string): string {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const pairs = letters.flatMap((first) => letters.map((second) => first + second));
  const triples = pairs.flatMap((pair) => letters.map((third) => pair + third));
  const name = (type: 'region' | 'language' | 'currency', codes: readonly string[]) => {
    const names = new Intl.DisplayNames(language, { type, fallback: 'none' });
    return codes.flatMap((code) => names.of(code) ?? []);
  };
  const regions = pairs.map((pair) => pair.toUpperCase());
  const currencies = triples.map((triple) => triple.toUpperCase());
  return [...name('region', regions), ...name('language', pairs), ...name('currency', currencies)].join('\n');
}
