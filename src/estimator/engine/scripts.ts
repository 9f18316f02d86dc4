/** Which letters a word is written with, as far as tokenizers treat them differently. */

import { featureAt } from './featureNames.ts';

/** Where the Latin letters of European languages end. */
export const firstDistant = 0x250;

/** Letters with the two marks that Vietnamese needs, and others that are as rare. */
export const vietnamese = { first: 0x1e00, last: 0x1eff } as const;

/** Blocks of Unicode by the code points that they end before, from one entry to the next: all begin at a sixteenth. */
const scripts: readonly (readonly [end: number, feature: number])[] = [
  [firstDistant, featureAt.distantLatin],
  [0x400, featureAt.strangeTokens],
  [0x530, featureAt.cyrillic],
  [0x590, featureAt.strangeTokens],
  [0x900, featureAt.rightToLeft],
  [0xe00, featureAt.indic],
  [0x3040, featureAt.strangeTokens],
  [0x3100, featureAt.kana],
  [0x3400, featureAt.strangeTokens],
  [0xa000, featureAt.han],
  [0xac00, featureAt.strangeTokens],
  [0xd7b0, featureAt.hangul],
  [0xf900, featureAt.strangeTokens],
  [0xfb00, featureAt.han],
  [0x20000, featureAt.strangeTokens],
  [0x33480, featureAt.han],
];

/** The same by sixteenths. */
const scriptOfBlock = new Uint8Array(0x110000 >> 4).fill(featureAt.strangeTokens);
for (const [end, feature] of scripts.toReversed()) scriptOfBlock.fill(feature, 0, end >> 4);

/** The feature that counts a letter; `strangeTokens` for one of a script that has none. */
export function scriptOf(codePoint: number): number {
  return scriptOfBlock[codePoint >> 4] ?? featureAt.strangeTokens;
}
