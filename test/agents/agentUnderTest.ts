/** What the runner must know of an agent to run it against the loopback model. One file an agent. */

import type { AgentId } from '../../src/domain/agent.ts';
import type { Pico } from '../../src/domain/money.ts';
import type { TokenClass } from '../../src/domain/tokens.ts';
import type { Command, Outcome, Sandbox } from './sandbox.ts';
import type { Scenario, Turn } from './scenario.ts';

/** A turn, with the session that it goes on with where it does not start one. */
export interface TurnRequest {
  readonly turn: Turn;
  readonly modelUrl: string;
  readonly sessionKey: string | undefined;
}

export interface AgentUnderTest {
  readonly agent: AgentId;
  readonly version: string;
  readonly scenarios: readonly Scenario[];
  /** What the agent calls the loopback model's provider; `undefined` where it logs none. */
  readonly provider?: string;
  /** Its logs do not keep what the model called a response: receipts are known by their figures. */
  readonly namesNoResponses?: true;
  /** Its logs do not tell how much of the output was reasoning. */
  readonly tellsNoReasoning?: true;
  /** Writes the settings that the agent needs. */
  prepare?(sandbox: Sandbox, scenario: Scenario, modelUrl: string): Promise<void>;
  command(request: TurnRequest): Command;
  /** The key of the session that a turn ran in, as the agent printed it. */
  sessionKeyOf(outcome: Outcome): string | undefined;
  /** What the agent itself says that a session cost, sub-agents included; `undefined` where it keeps no such record. */
  reportedCosts?(sandbox: Sandbox, sessionKey: string): Promise<ReportedCosts>;
  /** What the agent itself says that a session took, sub-agents included; `undefined` likewise. */
  reportedTokens?(sandbox: Sandbox, sessionKey: string): Promise<ReportedTokens>;
  /** The agent's own count over all sessions; `undefined` likewise. */
  countedTokens?(sandbox: Sandbox): Promise<CountedTokens>;
}

export interface CountedTokens extends ReportedTokens {
  readonly receipts: number;
}

export interface ReportedTokens {
  /** What was read from the cache and written to it is part of it. */
  readonly prompt: number;
  readonly cacheRead: number;
  readonly output: number;
}

export interface ReportedCosts {
  readonly total: Pico;
  readonly byModel: ReadonlyMap<string, Pico>;
  /** Token counts by model. */
  readonly tokens: ReadonlyMap<string, Readonly<Record<TokenClass | 'reasoning', number>>>;
}
