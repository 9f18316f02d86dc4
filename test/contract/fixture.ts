/** Logs written by hand, with what is right about them: shared by all suites that read logs. */

import type { RefusalReason } from '../../src/domain/refusal.ts';
import type { SessionFacts } from '../../src/domain/session.ts';
import type { TokenCounts } from '../../src/domain/tokens.ts';

export interface Fixture {
  /** What the fixture is an example of. */
  readonly name: string;
  /** Content by path, relative to a root of the agent. The first file is the oldest. */
  readonly files: Readonly<Record<string, string>>;
  /** Every session that the logs tell of, by key. */
  readonly sessions: Readonly<Record<string, ExpectedSession>>;
  readonly refused?: Readonly<Partial<Record<RefusalReason, number>>>;
}

export interface ExpectedSession {
  /** What the session is credited with, by model as logged. */
  readonly spent: Readonly<Record<string, ExpectedSpend>>;
  /** Facts that must be known. Others may be. */
  readonly facts?: Partial<Omit<SessionFacts, 'agent' | 'key' | 'title' | 'atMs'>> & {
    readonly title?: string;
  };
}

/** Sums over receipts; a class that is not named is 0. */
export interface ExpectedSpend extends Partial<TokenCounts> {
  readonly receipts: number;
  /** Receipts in which a class is unknown. */
  readonly partial?: number;
  readonly webSearches?: number;
}

/** The lines of a log. */
export function lines(...records: readonly (object | string)[]): string {
  return records
    .map((record) => `${typeof record === 'string' ? record : JSON.stringify(record)}\n`)
    .join('');
}
