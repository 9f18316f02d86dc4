/** One copy of a receipt as a row has it: what is asked for is made of the row's numbers, and nothing else. */

import type { Pico } from '../domain/money.ts';
import type { BillingTerms, Circumstances, Claim, Quality } from '../domain/receipt.ts';
import type { TokenCounts } from '../domain/tokens.ts';
import { qualities, type Reading } from './merge.ts';
import { column } from './receiptColumns.ts';

/** The part of `ReceiptRows` that it takes. */
interface Rows {
  number(row: number, of: number): number | null;
  text(row: number, of: number): string;
  claim(row: number): Claim;
  terms(row: number): BillingTerms;
  circumstance(row: number): Circumstances;
  reportedCost(row: number): Pico | null;
}

export class RowReading implements Reading {
  readonly #rows: Rows;
  readonly #row: number;
  #tokens: TokenCounts | undefined;

  constructor(rows: Rows, row: number) {
    this.#rows = rows;
    this.#row = row;
  }

  get reader(): number {
    return this.#number(column.reader) ?? 0;
  }

  get claim(): Claim {
    return this.#rows.claim(this.#row);
  }

  get atMs(): number {
    return this.#number(column.atMs) ?? 0;
  }

  get model(): string {
    return this.#rows.text(this.#row, column.model);
  }

  get tokens(): TokenCounts {
    this.#tokens ??= {
      uncachedInput: this.#number(column.uncachedInput),
      cacheRead: this.#number(column.cacheRead),
      cacheWrite5m: this.#number(column.cacheWrite5m),
      cacheWrite1h: this.#number(column.cacheWrite1h),
      cacheWriteUnknown: this.#number(column.cacheWriteUnknown),
      output: this.#number(column.output),
      reasoning: this.#number(column.reasoning),
    };
    return this.#tokens;
  }

  get webSearches(): number {
    return this.#number(column.webSearches) ?? 0;
  }

  get terms(): BillingTerms {
    return this.#rows.terms(this.#row);
  }

  get circumstances(): Circumstances {
    const durationMs = this.#number(column.durationMs);
    const turn = this.#number(column.turn);
    const contextTokens = this.#number(column.contextTokens);
    const turnStartedMs = this.#number(column.turnStartedMs);
    return {
      ...this.#rows.circumstance(this.#row),
      ...(durationMs !== null && { durationMs }),
      ...(turn !== null && { turn }),
      ...(contextTokens !== null && { contextTokens }),
      ...(turnStartedMs !== null && { turnStartedMs }),
    };
  }

  get reportedCost(): Pico | null {
    return this.#rows.reportedCost(this.#row);
  }

  get quality(): Quality {
    return qualities[this.#number(column.quality) ?? -1] ?? 'partial';
  }

  #number(of: number): number | null {
    return this.#rows.number(this.#row, of);
  }
}

/** A reading that stays as it is, whatever becomes of its row. */
export function plainReading(reading: Reading): Reading {
  const { reader, claim, atMs, model, tokens, webSearches } = reading;
  const { terms, circumstances, reportedCost, quality } = reading;
  return { reader, claim, atMs, model, tokens, webSearches, terms, circumstances, reportedCost, quality };
}
