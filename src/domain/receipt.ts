/** A receipt: one billable response of a model, as an agent logged it. */

import type { AgentId } from './agent.ts';
import type { Pico } from './money.ts';
import type { TokenCounts } from './tokens.ts';

/**
 * How far the numbers of a receipt can be trusted.
 *
 * - `exact`: the log repeats what the provider billed
 * - `derived`: the difference of two running totals
 * - `sessionTotal`: the sum of a whole session, whose single responses the log does not tell
 * - `rounded`: written for people, to two or three digits
 * - `estimated`: counted by the agent itself, not by the provider
 * - `partial`: at least one class is missing in the log
 */
export type Quality = 'exact' | 'derived' | 'sessionTotal' | 'rounded' | 'estimated' | 'partial';

/** What surrounded a response, each as logged; absent where the log does not tell. None of it changes what is billed. */
export interface Circumstances {
  /** Why the model stopped, such as `tool_use` or `max_tokens`. */
  readonly stopReason?: string;
  /** How hard the model was told to think, such as `high`. */
  readonly effort?: string;
  /** Who served the model, where the agent can choose, such as `anthropic` or `github-copilot`. */
  readonly provider?: string;
  /** Working directory. */
  readonly projectPath?: string;
  readonly gitBranch?: string;
  /** From the request to the end of the response. */
  readonly durationMs?: number;
  /** Which of its user's prompts the session was at work on, from 1. */
  readonly turn?: number;
  /** Size of the conversation where that is not the prompt of this receipt, as with sums over several requests. */
  readonly contextTokens?: number;
  /** When the turn began whose responses the receipt is the sum of, in milliseconds since 1970 UTC; absent of a response. */
  readonly turnStartedMs?: number;
}

/** What the provider charges on top of, or in place of, the list price. Absent means the default. */
export interface BillingTerms {
  /** `batch`, `flex`, `priority`, … as logged; `standard` is left out. */
  readonly serviceTier?: string;
  /** `fast` where the log says so. */
  readonly speed?: string;
  /** Where the provider was asked to compute, such as `us`. */
  readonly region?: string;
}

/**
 * What the provider calls the response. Together with the agent it is the identity of a receipt: the same pair in
 * two files is the same spend.
 */
export interface ReceiptId {
  /** `message.id` of Claude Code, `response_id` of Codex, or what a reader makes of a log that has neither. */
  readonly response: string;
  /** `requestId` of Claude Code; empty where there is none. */
  readonly request: string;
}

/**
 * How the log came to hold the record, strongest claim first.
 *
 * - `own`: the session made the call
 * - `sideChain`: a side chain made it, or repeats its parent's row under another request id; where the parent has a
 *   row of the same response, the parent's stands for both. So it is claimed, too, where a fork's log cannot tell its
 *   own work from its parent's
 * - `copied`: the log itself says that the record is another session's history
 * - `delegated`: another agent made the call, at the session's bidding, and keeps a log of its own. Logged when the turn
 *   had ended, it counts what the sessions that `SessionFacts.delegate` names have not told of that turn themselves
 * - `telemetry`: what the agent measures of itself tells of the call, by the id of its request alone. It counts what
 *   receipts of the same request, of the agent's logs, leave of it
 */
export type Claim = 'own' | 'sideChain' | 'copied' | 'delegated' | 'telemetry';

/** Responses of a session that its log has dropped, or never told one by one, and of which it keeps the sum. */
export interface Dropped {
  /** Their times lie after the one and not after the other, in milliseconds since 1970 UTC. */
  readonly afterMs: number;
  readonly untilMs: number;
  /** Receipts of the session that the log still tells one by one: they are no part of the sum. */
  readonly kept: readonly ReceiptId[];
  /** They are those of the sum's own model: of each model there is a sum. Absent where they are of any. */
  readonly isOfModel?: true;
  /** Those of sub-agents are among them. Absent where the session's own are all. */
  readonly withSubAgents?: true;
  /** Sums before it, and what these hold, are not among them. Absent where they are. */
  readonly withoutSums?: true;
}

export interface Receipt {
  readonly agent: AgentId;
  readonly id: ReceiptId;
  /** The session that claims the response, see `SessionFacts.key`. */
  readonly sessionKey: string;
  readonly claim: Claim;
  /** When the response was logged, in milliseconds since 1970 UTC. */
  readonly atMs: number;
  /** The model as logged, never normalised; empty when the log does not tell. */
  readonly model: string;
  readonly tokens: TokenCounts;
  /** Searches that the provider ran and bills by the piece. */
  readonly webSearches: number;
  readonly terms: BillingTerms;
  readonly circumstances: Circumstances;
  /** What the agent itself recorded as the cost, kept beside ours and never added to it. */
  readonly reportedCost: Pico | null;
  readonly quality: Quality;
  /** Of a sum over {@link Dropped} responses: it counts less what of them has been counted one by one. */
  readonly dropped?: Dropped;
}
