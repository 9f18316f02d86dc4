/** Old sessions as if they were of today. */

import type { SessionNode } from '../../ledger/views.ts';
import type { SessionsPage } from '../../workers/ledgerProtocol.ts';

const newestAgeMs = 2 * 60_000;

/** All sessions moved in time as one, so that the newest was active two minutes ago. */
export function toRecent(page: SessionsPage, nowMs: number): SessionsPage {
  const newestMs = Math.max(...page.sessions.map(({ lastMs }) => lastMs));
  const shiftMs = nowMs - newestAgeMs - newestMs;
  return { ...page, sessions: page.sessions.map((session) => shifted(session, shiftMs)) };
}

function shifted(session: SessionNode, shiftMs: number): SessionNode {
  return {
    ...session,
    startedMs: session.startedMs + shiftMs,
    lastMs: session.lastMs + shiftMs,
    subAgents: session.subAgents.map((subAgent) => shifted(subAgent, shiftMs)),
  };
}
