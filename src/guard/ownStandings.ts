/**
 * How the budgets stand that count whoever asks for its own: the session that its environment names, else those at work
 * in its folder.
 */

import type { AgentId } from '../domain/agent.ts';
import type { Budget, SessionKey, Standing } from '../domain/budget.ts';
import { isOfProject } from '../domain/project.ts';
import type { Database } from '../ledger/database.ts';
import { rootsActiveSince } from '../ledger/roots.ts';
import type { Around } from '../oversight/around.ts';
import { loadBudgets } from '../oversight/budgetsInForce.ts';
import { withRates } from '../oversight/rates.ts';
import { findRoot } from '../oversight/sessionIds.ts';
import { standingsOf } from '../oversight/standings.ts';
import { standingsFor } from '../oversight/standingsFor.ts';

/** What a program that an agent started knows of it. All of it is untrusted. */
export interface Asker {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where the agent started it: agents do that where they work. */
  readonly folder: string;
}

/** In which variable an agent names its session to the programs that it starts. */
const sessionVariables: Readonly<Partial<Record<AgentId, string>>> = {
  'claude-code': 'CLAUDE_CODE_SESSION_ID',
  'qwen-code': 'QWEN_CODE_SESSION_ID',
  'copilot-cli': 'COPILOT_AGENT_SESSION_ID',
};

/** Each budget over a time once, each budget of a session once for each session. */
export function ownStandings(db: Database, asker: Asker, around: Around): readonly Standing[] {
  return withRates(db, standingsCounting(db, asker, around), around);
}

function standingsCounting(db: Database, asker: Asker, around: Around): readonly Standing[] {
  const budgets = loadBudgets(db);
  const roots = rootsOf(db, asker, around.nowMs);
  if (roots.length === 0) {
    const ofFolder = budgets.filter((budget) => countsFolder(budget, asker.folder));
    return standingsOf(db, ofFolder, around, []);
  }
  return eachOnce(roots.flatMap((root) => standingsFor(db, budgets, root, around)));
}

function rootsOf(db: Database, asker: Asker, nowMs: number): readonly number[] {
  const named = namedSessions(asker).flatMap((session) => findRoot(db, session) ?? []);
  return named.length > 0 ? named : atWorkIn(db, asker.folder, nowMs);
}

function namedSessions({ environment }: Asker): SessionKey[] {
  return Object.entries(sessionVariables).flatMap(([agent, variable]) => {
    const key = environment[variable];
    return key === undefined || key === '' ? [] : [{ agent: agent as AgentId, key }];
  });
}

/** An agent that asks has just been answered by its model. */
const recentMs = 600_000;

function atWorkIn(db: Database, folder: string, nowMs: number): readonly number[] {
  const placed = `SELECT value FROM fact WHERE session = ? AND field = 'projectPath'`;
  return rootsActiveSince(db, nowMs - recentMs).filter((root) => {
    const path = db.get<{ value: string }>(placed, root)?.value;
    return path !== undefined && (isOfProject(path, folder) || isOfProject(folder, path));
  });
}

function countsFolder({ isPaused, scope }: Budget, folder: string): boolean {
  return !isPaused && (scope.project === undefined || isOfProject(folder, scope.project));
}

/** Budgets over a time count for every session alike, unless they were raised for one: then the tightest is told. */
function eachOnce(standings: readonly Standing[]): readonly Standing[] {
  const known = new Map<string, Standing>();
  for (const standing of standings) {
    const id = JSON.stringify([standing.budget.id, standing.budget.stops, standing.session]);
    const other = known.get(id);
    if (other === undefined || standing.limit < other.limit) known.set(id, standing);
  }
  return [...known.values()];
}
