/** What is remembered of a chat between two of its lines. */

import type { AgentId } from '../../domain/agent.ts';
import type { ChatPlace } from './place.ts';

export interface Memory {
  readonly agent: AgentId;
  /** Its short name, for as long as its path is not known. */
  readonly project: string | null;
  sessionKey: string;
  readonly parentKey: string | null;
  isNamed: boolean;
  hasProject: boolean;
  /** Prompts of the user so far. */
  turn: number;
  /** Of the last reply that named one: empty replies, as may follow the results of tools, are logged without. */
  model: string;
}

export function newMemory(agent: AgentId, { stem, parentKey, project }: ChatPlace): Memory {
  return {
    agent,
    project,
    sessionKey: stem,
    parentKey,
    isNamed: false,
    hasProject: false,
    turn: 0,
    model: '',
  };
}
