/** Choosing what a model costs. What is likeliest stands first; nothing is taken that the user did not pick. */

import { l10n, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { PriceChoice } from '../../workers/priceBook.ts';
import type { Format } from '../format.ts';
import { withoutIcons } from '../plainText.ts';
import { nothing, type OwnPriceSetting } from './ownPriceSetting.ts';
import { modelName, ratesWords } from './priceWords.ts';
import { typeRates } from './rateInputs.ts';

export type ChosenPrice =
  | { readonly kind: 'price'; readonly price: OwnPriceSetting }
  | { readonly kind: 'remove' };

interface PriceItem extends QuickPickItem {
  readonly chosen?: ChosenPrice | 'typed';
}

/** Names that have less in common are no suggestion. */
const leastLikeness = 0.5;
const mostSuggested = 3;

/**
 * @param own the entry of the setting for the model, if there is one
 * @param choices the likeliest first
 */
export async function choosePrice(
  model: string,
  own: unknown,
  choices: readonly PriceChoice[],
  format: Format,
): Promise<ChosenPrice | undefined> {
  const suggested = choices.slice(0, mostSuggested).filter(({ likeness }) => likeness >= leastLikeness);
  const picked = await window.showQuickPick(priceItems(own, suggested, choices, format), {
    title: l10n.t('Price of {0}', modelName(model)),
    placeHolder: l10n.t('What does it cost? Dollars per million tokens'),
    matchOnDescription: true,
  });
  if (picked?.chosen !== 'typed') return picked?.chosen;
  const price = await typeRates(model, own, suggested[0]);
  return price && { kind: 'price', price };
}

function priceItems(
  own: unknown,
  suggested: readonly PriceChoice[],
  choices: readonly PriceChoice[],
  format: Format,
): readonly PriceItem[] {
  const vendors = [...new Set(choices.map(({ vendor }) => vendor))].sort();
  const itemOf = (choice: PriceChoice) => sameAsItem(choice, format);
  const removal: PriceItem = {
    label: l10n.t('Remove Own Price'),
    description: l10n.t('the price catalogue decides again'),
    chosen: { kind: 'remove' },
  };
  return [
    ...(own === undefined ? [] : [removal]),
    ...(suggested.length === 0 ? [] : [separator(l10n.t('likeliest')), ...suggested.map(itemOf)]),
    separator(l10n.t('its own price')),
    { label: l10n.t('Enter Dollars per Million Tokens…'), chosen: 'typed' },
    {
      label: l10n.t('It Costs Nothing'),
      description: l10n.t('such as a model that runs on this machine'),
      chosen: { kind: 'price', price: nothing },
    },
    ...vendors.flatMap((vendor) => [
      separator(l10n.t('what a model of {0} costs', withoutIcons(vendor))),
      ...choices
        .filter((choice) => choice.vendor === vendor)
        .sort(byName)
        .map(itemOf),
    ]),
  ];
}

function byName(a: PriceChoice, b: PriceChoice): number {
  return a.name.localeCompare(b.name, undefined, { numeric: true });
}

function separator(label: string): PriceItem {
  return { label, kind: QuickPickItemKind.Separator };
}

function sameAsItem(choice: PriceChoice, format: Format): PriceItem {
  return {
    label: withoutIcons(choice.name),
    description: `${withoutIcons(choice.id)} · ${ratesWords(choice, format)}`,
    chosen: { kind: 'price', price: { sameAs: choice.id } },
  };
}
