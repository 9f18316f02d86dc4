/** What an agent is told of how its budgets stand. */

import type { Verdict } from '../domain/budget.ts';
import type { Database } from '../ledger/database.ts';
import type { Around } from '../oversight/around.ts';
import { mayStartSubAgent, verdictOn } from '../oversight/verdict.ts';
import type { AgentGuard, AskingSession, Decision } from './agents/agentGuard.ts';
import { readBeat } from './beats.ts';
import { guardFiles } from './guardFolder.ts';
import * as say from './sentences.ts';

export const allow: Decision = { kind: 'allow' };

/** Within the reserve to conclude with, whoever starts a sub-agent is still told to conclude. */
export function verdictNow(db: Database, asking: AskingSession, around: Around): Verdict {
  const verdict = verdictOn(db, asking.session, around, asking.folder);
  return asking.startsSubAgent && verdict.kind === 'allow'
    ? mayStartSubAgent(db, asking.session, around, asking.folder)
    : verdict;
}

/** Whether it rests on which day it is. */
export function isOverTime(verdict: Verdict): boolean {
  return 'standing' in verdict && verdict.standing.budget.span.kind !== 'session';
}

export interface DecisionParts {
  readonly guard: AgentGuard;
  readonly platform: NodeJS.Platform;
  /** The guard's. */
  readonly folder: string;
  /** The ledger has the session, which then can be released by its id. */
  readonly isKnown: boolean;
}

export function toDecision(
  verdict: Verdict,
  asking: AskingSession,
  { guard, platform, folder, isKnown }: DecisionParts,
): Decision {
  const session = isKnown ? asking.session : null;
  const release = { launcher: `${folder}/${guardFiles.launch}`, platform, session };
  switch (verdict.kind) {
    case 'allow':
      return allow;
    case 'save':
      return isFirstAsked(asking, folder, guard)
        ? { kind: 'wrapUp', sentence: say.saveSentence(verdict.standing) }
        : allow;
    case 'wrapUp':
      return asking.startsSubAgent
        ? { kind: 'refuse', sentence: say.noSubAgentSentence(verdict.standing) }
        : { kind: 'wrapUp', sentence: say.wrapUpSentence(verdict.standing) };
    case 'stoppedByHand':
      return { kind: 'stop', sentence: say.stoppedByHandSentence(release) };
    case 'stop':
      return asking.startsSubAgent && verdict.standing.level !== 'over'
        ? { kind: 'refuse', sentence: say.noSubAgentSentence(verdict.standing) }
        : { kind: 'stop', sentence: say.stopSentence(verdict.standing, release) };
  }
}

/** To be sparing is said once: an agent that hears it at every tool pays for it at every tool. */
function isFirstAsked(
  { session, startsSubAgent }: AskingSession,
  folder: string,
  guard: AgentGuard,
): boolean {
  return startsSubAgent || readBeat(folder, { agent: guard.id, key: session.key }) === null;
}
