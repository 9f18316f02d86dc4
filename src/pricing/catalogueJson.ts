/**
 * The catalogue as a file. Money is written as decimal strings of dollars, rates per million tokens as vendors
 * publish them, so that the file can be read, compared and kept without a rounding error.
 */

import type { BillingTerms } from '../domain/receipt.ts';
import type { RatedClass, RequiredClass } from './catalogue.ts';

export const catalogueFormat = 1;

export interface CatalogueJson {
  readonly format: typeof catalogueFormat;
  readonly version: string;
  readonly models: readonly ModelJson[];
}

export interface ModelJson {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly name: string;
  readonly vendor: string;
  readonly contextWindowTokens: number | null;
  readonly origin: 'override' | 'bundled';
  readonly cards: readonly CardJson[];
  readonly factors: FactorsJson;
}

export interface CardJson {
  /** An instant such as `2026-03-13T00:00:00Z`; `null` on the first card alone. */
  readonly from: string | null;
  readonly rates: RatesJson;
  readonly longContext: { readonly aboveTokens: number; readonly rates: RatesJson } | null;
  /** Dollars for one search. */
  readonly webSearch: string | null;
}

/** Dollars per million tokens. A class without a price is left out. */
export type RatesJson = Readonly<Record<RequiredClass, string> & Partial<Record<RatedClass, string>>>;

/** Factors as fractions such as `11/10`, by the value of the term. */
export interface FactorsJson extends Readonly<Record<keyof BillingTerms, Readonly<Record<string, string>>>> {
  readonly hostRegion: string | null;
}
