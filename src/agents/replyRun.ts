/**
 * Responses that a log tells of one after the other, with the calls in them, as rows of the ledger: of many, an object for
 * each takes longer than to read them.
 */

import type { AgentId } from '../domain/agent.ts';
import type { BillingTerms, Circumstances, Claim } from '../domain/receipt.ts';

/** A run holds until the next one is told. Its times are told with its session. */
export interface ReplyRun {
  readonly agent: AgentId;
  readonly sessionKey: string;
  readonly claim: Claim;
  readonly model: string;
  readonly terms: BillingTerms;
  /** Makes rows as the ledger lays them out. */
  fill(shared: SharedColumns): RunRows;
}

/** What rows of a run have in common. */
export interface SharedColumns {
  /** A row of a receipt, of which the run fills in what it knows. */
  readonly receipt: Float64Array;
  /** What stands in a row for what surrounded a response, without its turn. Asked once for each run. */
  circumstanceNumber(circumstances: Circumstances): number;
  /** What stands in a row for the name of a tool, likewise. */
  toolNumber(name: string): number;
}

/** Row after row, with three hashes each. */
export interface RunRows {
  readonly receipts: NumberRows;
  readonly calls: NumberRows;
}

export interface NumberRows {
  readonly count: number;
  readonly numbers: Float64Array;
  readonly ids: BigInt64Array;
}
