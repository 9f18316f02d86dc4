/** What the runner must know of an agent to run it against the loopback model. One file an agent. */

import type { AgentId } from '../../src/domain/agent.ts';
import type { Pico } from '../../src/domain/money.ts';
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
  /** Its logs do not tell what the provider calls a response: receipts are known by their figures. */
  readonly namesNoResponses?: true;
  /** Writes the settings that the agent needs. */
  prepare?(sandbox: Sandbox, scenario: Scenario, modelUrl: string): Promise<void>;
  command(request: TurnRequest): Command;
  /** The key of the session that a turn ran in, as the agent printed it. */
  sessionKeyOf(outcome: Outcome): string | undefined;
  /** What the agent itself says that a session cost, sub-agents included; `undefined` where it keeps no such record. */
  reportedCosts?(sandbox: Sandbox, sessionKey: string): Promise<ReportedCosts>;
  /** The agent's own count of tokens, over all sessions; absent where it keeps none. */
  reportedTokens?(sandbox: Sandbox): Promise<ReportedTokens>;
}

/** Sums in the terms of the ledger's classes; `prompt` is all that was sent, `output` all that was said and thought. */
export interface ReportedTokens {
  readonly receipts: number;
  readonly prompt: number;
  readonly cacheRead: number;
  readonly output: number;
}

export interface ReportedCosts {
  readonly total: Pico;
  readonly byModel: ReadonlyMap<string, Pico>;
}
