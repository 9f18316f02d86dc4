/** What a scenario has the loopback model say, in words that no vendor's protocol shapes. */

import type { BillingTerms } from '../../../src/domain/receipt.ts';
import type { TokenClass } from '../../../src/domain/tokens.ts';

/** What one response is billed for: what the agent is told, and what its receipt must say. */
export interface Usage {
  readonly tokens: Readonly<Record<TokenClass | 'reasoning', number>>;
  readonly webSearches: number;
  readonly terms: BillingTerms;
}

/** A tool that the model asks for. Each protocol finds the agent's own name for it among the tools on offer. */
export type ToolCall =
  | { readonly tool: 'shell'; readonly command: string; readonly fails?: true }
  /** Starts a sub-agent, which answers to `actor` in the script. The call may ask to return only when it is done. */
  | { readonly tool: 'spawn'; readonly actor: string; readonly isAwaited?: true }
  /** Searches the web, which some agents have a model do in a call of its own. */
  | { readonly tool: 'search'; readonly query: string }
  /** Waits for the sub-agents that were started, where the agent has a tool for it. */
  | { readonly tool: 'wait' };

export interface Reply {
  readonly kind: 'reply';
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  /** Absent takes the protocol's figures, which differ from call to call. */
  readonly usage?: Usage;
}

/** An error of the provider, by its HTTP status. Nothing is billed. */
export interface Failure {
  readonly kind: 'failure';
  readonly status: number;
}

export type Step = Reply | Failure;

/** What the model knows when it is asked. */
export interface ModelCall {
  /** 1 for the first request that the model got, failed ones included. */
  readonly number: number;
  readonly model: string;
  /** Who asks: `main`, the name of a sub-agent, or `aside` for calls that an agent makes for itself, such as titles. */
  readonly actor: string;
  readonly tools: readonly string[];
  /** Whether sub-agents that the asking agent has to wait for are still at work. */
  readonly hasHelpersAtWork: boolean;
}

/** Gives the next step; `undefined` when the script did not foresee the call. */
export type Script = (call: ModelCall) => Step | undefined;

export const mainActor = 'main';
export const asideActor = 'aside';
