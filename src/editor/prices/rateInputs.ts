/** Typing the rates of a model, one after the other. */

import { l10n, window } from 'vscode';
import { pico, toDecimalDollars } from '../../domain/money.ts';
import type { PriceChoice } from '../../workers/priceBook.ts';
import type { OwnRates } from './ownPriceSetting.ts';
import { modelName } from './priceWords.ts';
import { parseRate } from './rateInput.ts';

type Rate = Exclude<keyof OwnRates, 'webSearch'>;

const steps: readonly Rate[] = ['input', 'output', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h'];

/**
 * @param own the entry of the setting, whose rates stand in the boxes
 * @param likeliest whose rates stand there otherwise
 * @returns `undefined` when the user gives up
 */
export async function typeRates(
  model: string,
  own: unknown,
  likeliest: PriceChoice | undefined,
): Promise<OwnRates | undefined> {
  const typed: { -readonly [Name in Rate]?: number } = {};
  for (const [index, rate] of steps.entries()) {
    const text = await window.showInputBox({
      title: l10n.t(
        'Price of {0}: {1} ({2}/{3})',
        modelName(model),
        rateWords(rate),
        index + 1,
        steps.length,
      ),
      prompt: promptFor(rate),
      value: known(rate, own) ?? listed(rate, likeliest),
      ignoreFocusOut: true,
      validateInput: (input) =>
        parseRate(input, isNeeded(rate)) === 'invalid'
          ? l10n.t(
              'Write dollars per million tokens with a decimal point, such as 1.25, at most six decimals.',
            )
          : undefined,
    });
    const dollars = text === undefined ? 'invalid' : parseRate(text, isNeeded(rate));
    if (dollars === 'invalid') return undefined;
    if (dollars !== null) typed[rate] = dollars;
  }
  const { input, output, ...others } = typed;
  return input === undefined || output === undefined ? undefined : { ...kept(own), input, output, ...others };
}

function isNeeded(rate: Rate): boolean {
  return rate === 'input' || rate === 'output';
}

function rateWords(rate: Rate): string {
  switch (rate) {
    case 'input':
      return l10n.t('input');
    case 'output':
      return l10n.t('output');
    case 'cacheRead':
      return l10n.t('cache read');
    case 'cacheWrite5m':
      return l10n.t('cache write, 5 min');
    case 'cacheWrite1h':
      return l10n.t('cache write, 1 h');
  }
}

function promptFor(rate: Rate): string {
  switch (rate) {
    case 'input':
      return l10n.t('Dollars for a million tokens of input.');
    case 'output':
      return l10n.t('Dollars for a million tokens of output, reasoning included.');
    case 'cacheRead':
      return l10n.t(
        'Dollars for a million tokens read from the prompt cache. Empty leaves responses with such tokens without a price.',
      );
    case 'cacheWrite5m':
      return l10n.t(
        'Dollars for a million tokens written to the prompt cache for five minutes. Empty for what input costs.',
      );
    case 'cacheWrite1h':
      return l10n.t(
        'Dollars for a million tokens written to the prompt cache for an hour. Empty where there is no such price.',
      );
  }
}

/** What is not asked for stays as the setting has it. */
function kept(own: unknown): Partial<OwnRates> {
  const { webSearch, longContext } = fieldsOf(own);
  return Object.fromEntries(
    Object.entries({ webSearch, longContext }).filter(([, value]) => value !== undefined),
  );
}

function known(rate: Rate, own: unknown): string | undefined {
  const dollars = fieldsOf(own)[rate];
  return typeof dollars === 'number' ? String(dollars) : undefined;
}

function fieldsOf(entry: unknown): Readonly<Record<string, unknown>> {
  return typeof entry === 'object' && entry !== null ? (entry as Readonly<Record<string, unknown>>) : {};
}

function listed(rate: Rate, choice: PriceChoice | undefined): string {
  const listedRate = choice?.rates[rate === 'input' ? 'uncachedInput' : rate] ?? null;
  if (listedRate === null) return '';
  return toDecimalDollars(pico(listedRate * 1_000_000n), 6).replace(/\.?0+$/, '');
}
