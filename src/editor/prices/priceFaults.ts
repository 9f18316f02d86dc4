/** What is wrong with an entry of the user's own prices, in a sentence. */

import { l10n } from 'vscode';
import type { WrongPrice } from '../../pricing/ownPrices.ts';
import { toPlainLine } from '../plainText.ts';

export function faultSentence(wrong: WrongPrice): string {
  const name = toPlainLine(wrong.name);
  const field = toPlainLine(wrong.field);
  switch (wrong.fault) {
    case 'shape':
      return field === ''
        ? l10n.t('"{0}" needs "input" and "output", or "sameAs" with a model of the price catalogue.', name)
        : l10n.t('"{0}" needs "input" and "output" in "{1}".', name, field.replace(/\.$/, ''));
    case 'field':
      return l10n.t('"{0}" has a field that no price has: "{1}".', name, field);
    case 'rate':
      return l10n.t(
        '"{0}": "{1}" must be dollars from 0 to 1,000,000 with at most six decimals.',
        name,
        field,
      );
    case 'tokens':
      return l10n.t('"{0}": "{1}" must be a whole number of tokens.', name, field);
    case 'model':
      return l10n.t('"{0}": the price catalogue has no model of the id in "sameAs".', name);
  }
}
