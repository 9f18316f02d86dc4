/** Prices in words. */

import { l10n } from 'vscode';
import { type Pico, parseRatePerMillion, pico } from '../../domain/money.ts';
import type { PriceGap, UnpricedModel } from '../../ledger/unpricedModels.ts';
import type { PriceChoice } from '../../workers/priceBook.ts';
import type { Format } from '../format.ts';
import { withoutIcons, withoutLinks } from '../plainText.ts';

const million = 1_000_000n;

/** The name of a model as logged, for an entry of a quick pick. */
export function modelLabel(model: string): string {
  return model === '' ? modelName(model) : withoutIcons(model);
}

/** The same for titles and messages. */
export function modelName(model: string): string {
  return model === '' ? l10n.t('(the log names no model)') : withoutLinks(model);
}

export function ratesWords({ rates }: Pick<PriceChoice, 'rates'>, format: Format): string {
  const perMillion = (rate: Pico) => format.dollars(pico(rate * million));
  const { uncachedInput, output, cacheRead } = rates;
  const words = [
    l10n.t('input {0}', perMillion(uncachedInput)),
    l10n.t('output {0}', perMillion(output)),
    ...(cacheRead === null ? [] : [l10n.t('cache read {0}', perMillion(cacheRead))]),
  ];
  return words.join(' · ');
}

/** An entry of the setting, whatever is written there. */
export function entryWords(entry: unknown, format: Format): string {
  const { sameAs, input, output, cacheRead } = (entry ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof sameAs === 'string') return l10n.t('costs what {0} costs', withoutIcons(sameAs));
  const [inputRate, outputRate] = [toRate(input), toRate(output)];
  if (inputRate === null || outputRate === null) return '';
  if (inputRate === 0n && outputRate === 0n) return l10n.t('costs nothing');
  const rates = { uncachedInput: inputRate, output: outputRate, cacheRead: toRate(cacheRead) };
  return ratesWords({ rates: { ...rates, cacheWrite5m: null, cacheWrite1h: null } }, format);
}

function toRate(dollars: unknown): Pico | null {
  try {
    return parseRatePerMillion(String(dollars));
  } catch {
    return null;
  }
}

export function usageWords(
  { receipts, tokens, lastMs }: UnpricedModel,
  format: Format,
  nowMs: number,
): string {
  return [
    l10n.t('responses: {0}', format.count(receipts)),
    l10n.t('tokens: {0}', format.tokens(tokens)),
    format.ago(lastMs, nowMs),
  ].join(' · ');
}

/** Why responses have no price, the commonest reason first. */
export function gapWords({ gaps }: Pick<UnpricedModel, 'gaps'>): string {
  const reasons = Object.entries(gaps) as [PriceGap, number][];
  return reasons
    .sort(([, a], [, b]) => b - a)
    .map(([gap]) => reasonWords(gap))
    .join(' ');
}

function reasonWords(gap: PriceGap): string {
  switch (gap) {
    case 'unknownModel':
      return l10n.t('No price list has it.');
    case 'unknownRate':
      return l10n.t('Its price list lacks something that was billed, such as cache reads or a search.');
    case 'unknownTerms':
      return l10n.t('Billed on terms, such as a fast mode or a region, that its price list does not know.');
  }
}
