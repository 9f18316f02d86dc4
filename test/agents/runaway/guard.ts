/** A guard that stands in an agent's way, as a runaway trial sees it. */

import type { AgentId } from '../../../src/domain/agent.ts';
import type { Pico } from '../../../src/domain/money.ts';
import type { Sandbox } from '../sandbox.ts';

export interface Guard {
  /** The folder with the last answer to each session. */
  readonly answersFolder: string;
  /** Lets a stopped session go on. @returns what it says to that on the terminal */
  release(sessionKey: string): Promise<string>;
  /** What it tells of itself on the terminal. */
  doctor(): Promise<string>;
  /** Ends what runs beside the agent. */
  close?(): Promise<void>;
}

/** What a session may spend. */
export interface Limit {
  readonly money: Pico;
  /** The same in calls of the runaway model. */
  readonly calls: number;
}

export type GuardInstaller = (sandbox: Sandbox, agent: AgentId, limit: Limit) => Promise<Guard>;
