/** The features by which other tokenizers are estimated. */

/**
 * The order is that of the weights. A word is *plain* if all of its letters are ASCII, *accented* if they are of western
 * Europe, *distant* if of a script that is named here, else *strange*. A plain word or a sign that is one token is `0`
 * to `4` by its rank: the later a token was merged, the rarer it is, and the less likely another vocabulary has it.
 */
export const featureNames = [
  ...['plain0', 'plain1', 'plain2', 'plain3', 'plain4'],
  ...['plainLetters0', 'plainLetters1', 'plainLetters2', 'plainLetters3', 'plainLetters4'],
  ...['split', 'splitTokens', 'splitLetters'],
  ...['spacedWord', 'signedWord', 'capitalHalves', 'allCaps', 'allCapsLetters'],
  ...['accentedLetters', 'vietnameseTokens'],
  ...['distant', 'distantTokens', 'distantLatin'],
  ...['han', 'kana', 'hangul', 'cyrillic', 'rightToLeft', 'indic', 'strangeTokens'],
  ...['digits1', 'digits2', 'digits3'],
  ...['sign0', 'sign1', 'sign2', 'sign3', 'sign4'],
  ...['signs', 'signTokens', 'signAscii', 'signSpaces', 'wideSigns', 'wideSignTokens'],
  ...['lineBreaks', 'blanks', 'blankTokens', 'blankLength', 'tabs'],
] as const;

export type FeatureName = (typeof featureNames)[number];

/** Where each stands among them. */
export const featureAt = Object.fromEntries(featureNames.map((name, index) => [name, index])) as Readonly<
  Record<FeatureName, number>
>;
