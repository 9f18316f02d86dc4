/** The patterns by which encodings split text, each with its form by hand. */

import type { CharacterClasses } from '../characters.ts';
import { cl100kSplitter } from './cl100kSplitter.ts';
import { Gpt2Splitter } from './gpt2Splitter.ts';
import { o200kSplitter } from './o200kSplitter.ts';
import type { Splitter } from './splitter.ts';

const contraction = "('s|'S|'t|'T|'re|'rE|'Re|'RE|'ve|'vE|'Ve|'VE|'m|'M|'ll|'lL|'Ll|'LL|'d|'D)";
const capital = String.raw`\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}`;
const small = String.raw`\p{Ll}\p{Lm}\p{Lo}\p{M}`;
const prefix = String.raw`[^\r\n\p{L}\p{N}]?`;

const splitters: ReadonlyMap<string, (classes: CharacterClasses) => Splitter> = new Map<
  string,
  (classes: CharacterClasses) => Splitter
>([
  [
    [
      `${prefix}[${capital}]*[${small}]+${contraction}?`,
      `${prefix}[${capital}]+[${small}]*${contraction}?`,
      String.raw`\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+`,
    ].join('|'),
    o200kSplitter,
  ],
  [
    [
      contraction,
      String.raw`${prefix}\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`,
    ].join('|'),
    cl100kSplitter,
  ],
  [
    String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`,
    (classes) => new Gpt2Splitter(classes),
  ],
]);

/** Throws for a pattern that has no form by hand: nothing could be counted by it. */
export function splitterFor(pattern: string, classes: CharacterClasses): Splitter {
  const create = splitters.get(pattern);
  if (create === undefined) throw new Error(`no splitter for the pattern ${pattern}`);
  return create(classes);
}
