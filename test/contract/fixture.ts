/** Logs written by hand, with what is right about them: shared by all suites that read logs. */

import type { PlanReading } from '../../src/domain/planReading.ts';
import type { Circumstances } from '../../src/domain/receipt.ts';
import type { RefusalReason } from '../../src/domain/refusal.ts';
import type { SessionFacts } from '../../src/domain/session.ts';
import type { TokenCounts } from '../../src/domain/tokens.ts';

export interface Fixture {
  /** What the fixture is an example of. */
  readonly name: string;
  /** Content by path, relative to a root of the agent. The first file is the oldest. */
  readonly files: Readonly<Record<string, FixtureFile>>;
  /** Every session that the logs tell of, by key. */
  readonly sessions: Readonly<Record<string, ExpectedSession>>;
  /** All calls of tools, by the tool's name. Checked where given. */
  readonly toolCalls?: Readonly<Record<string, ExpectedCalls>>;
  /** The plan's windows that agents reported, in the order of time. Checked where given. */
  readonly plan?: readonly Partial<PlanReading>[];
  readonly refused?: Readonly<Partial<Record<RefusalReason, number>>>;
}

/** Text of a log, or the statements that make a database. */
export type FixtureFile = string | DatabaseFile;

/** A database of SQLite, by statements. The agent could have been stopped after each of them. */
export interface DatabaseFile {
  readonly statements: readonly string[];
}

export interface ExpectedCalls {
  readonly calls: number;
  readonly failed?: number;
  /** Calls whose result is not known. */
  readonly open?: number;
  /** Different inputs. */
  readonly inputs?: number;
  /** Sum of the results' sizes. */
  readonly resultBytes?: number;
}

export interface ExpectedSession {
  /** What the session is credited with, by model as logged. */
  readonly spent: Readonly<Record<string, ExpectedSpend>>;
  /** What surrounded the session's receipts, in the order of time: what is named of each. Checked where given. */
  readonly circumstances?: readonly ExpectedCircumstances[];
  /** Facts that must be known. Others may be. */
  readonly facts?: Partial<Omit<SessionFacts, 'agent' | 'key' | 'title' | 'atMs'>> & {
    readonly title?: string;
  };
}

/** What is not there must be `undefined`. */
export type ExpectedCircumstances = {
  readonly [Name in keyof Circumstances]?: Circumstances[Name] | undefined;
};

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
