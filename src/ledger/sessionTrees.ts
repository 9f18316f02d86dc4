/** Sessions with their sub-agents, as they are shown. */

import type { Account, AccountChoices } from '../domain/account.ts';
import type { AgentId } from '../domain/agent.ts';
import { addTotals, noTotals, type Totals } from '../domain/totals.ts';
import { accountsOf } from './accounts.ts';
import type { FactField } from './batch.ts';
import type { Database } from './database.ts';
import { modelTotalsOf } from './hourly.ts';
import { compareTexts } from './merge.ts';
import { treeOf } from './sums.ts';
import type { SessionNode } from './views.ts';

/** What budgets and guards make of a session; the ledger itself knows none. */
export type Judge = (root: number) => Pick<SessionNode, 'budget' | 'stop' | 'unguarded'>;

/** A turn that nobody closed is taken for dead when nothing was written for so long. */
export const quietMs = 10 * 60_000;

/** Sub-agents nest a few levels deep. Damaged logs may nest them without end: deeper ones are shown on this level. */
const deepestLevel = 12;

/** The sessions with the given ids, in that order, each with all that is below it. */
export function sessionTrees(
  db: Database,
  roots: readonly number[],
  nowMs: number,
  judge: Judge = unjudged,
  choices: AccountChoices = {},
): readonly SessionNode[] {
  const parts = loadParts(db, roots);
  const accounts = accountsOf(db, [...parts.keys()], choices);
  return roots.flatMap((id) => {
    const part = parts.get(id);
    if (part === undefined) return [];
    return [{ ...toNode(part, { nowMs, accounts }), ...judge(id) }];
  });
}

function unjudged(): ReturnType<Judge> {
  return { budget: null, stop: null, unguarded: null };
}

/** A session on the way from the tables to a node. */
interface Part {
  readonly row: SessionRow;
  readonly level: number;
  readonly facts: Map<FactField, string>;
  readonly byModel: { readonly model: string; readonly totals: Totals }[];
  readonly children: Part[];
}

interface SessionRow {
  readonly id: number;
  readonly agent: string;
  readonly key: string;
  readonly parent: number | null;
  readonly started_ms: number | null;
  readonly last_ms: number | null;
}

/** A session that is known only by what others copied from it is as old as its receipts. */
const sessionRows = `
  SELECT session.id, agent, key, parent,
    ifnull(started_ms, (SELECT min(at_ms) FROM counted WHERE counted.session = session.id)) AS started_ms,
    ifnull(last_ms, (SELECT max(at_ms) FROM counted WHERE counted.session = session.id)) AS last_ms
  FROM tree JOIN session ON session.id = tree.id`;

function loadParts(db: Database, roots: readonly number[]): ReadonlyMap<number, Part> {
  const rows = db.all<SessionRow>(`${treeOf} ${sessionRows} ORDER BY tree.level`, JSON.stringify(roots));
  const parts = nest(rows);
  const ids = [...parts.keys()];
  addFacts(db, parts, ids);
  for (const { session, model, totals } of modelTotalsOf(db, ids)) {
    parts.get(session)?.byModel.push({ model, totals });
  }
  return parts;
}

/** @param rows parents before their children */
function nest(rows: readonly SessionRow[]): ReadonlyMap<number, Part> {
  const parts = new Map<number, Part>();
  const holders = new Map<number, Part>();
  for (const row of rows) {
    const holder = row.parent === null ? undefined : holders.get(row.parent);
    const level = holder === undefined ? 0 : holder.level + 1;
    const part = { row, level, facts: new Map(), byModel: [], children: [] };
    parts.set(row.id, part);
    holder?.children.push(part);
    holders.set(row.id, holder !== undefined && level >= deepestLevel ? holder : part);
  }
  return parts;
}

function addFacts(db: Database, parts: ReadonlyMap<number, Part>, ids: readonly number[]): void {
  const sql = 'SELECT session, field, value FROM fact WHERE session IN (SELECT value FROM json_each(?))';
  const rows = db.all<{ session: number; field: FactField; value: string }>(sql, JSON.stringify(ids));
  for (const fact of rows) {
    parts.get(fact.session)?.facts.set(fact.field, fact.value);
  }
}

interface Around {
  readonly nowMs: number;
  readonly accounts: ReadonlyMap<number, Account>;
}

/** @param heldMs for a sub-agent that has logged nothing yet: the last activity of the session that started it */
function toNode(part: Part, around: Around, heldMs = 0): SessionNode {
  const { nowMs, accounts } = around;
  const { row, facts } = part;
  const ownMs = row.last_ms ?? heldMs;
  const subAgents = part.children.map((child) => toNode(child, around, ownMs)).sort(byNewest);
  const own = part.byModel.map(({ totals }) => totals).reduce(addTotals, noTotals);
  const lastMs = Math.max(ownMs, ...subAgents.map((node) => node.lastMs));
  const isOpen = facts.get('isTurnOpen') === 'true' && Math.abs(nowMs - lastMs) < quietMs;
  return {
    agent: row.agent as AgentId,
    key: row.key,
    title: facts.get('title') ?? null,
    projectPath: facts.get('projectPath') ?? null,
    gitBranch: facts.get('gitBranch') ?? null,
    role: facts.get('role') ?? null,
    models: modelsOf(part),
    startedMs: Math.min(row.started_ms ?? lastMs, ...subAgents.map((node) => node.startedMs)),
    lastMs,
    isRunning: isOpen || subAgents.some((node) => node.isRunning),
    account: accounts.get(row.id) ?? 'untold',
    own,
    tree: subAgents.map((node) => node.tree).reduce(addTotals, own),
    subAgents,
    ...unjudged(),
  };
}

function modelsOf({ byModel }: Part): readonly string[] {
  return byModel
    .filter(({ model }) => model !== '')
    .sort((a, b) => b.totals.receipts - a.totals.receipts || compareTexts(a.model, b.model))
    .map(({ model }) => model);
}

function byNewest(a: SessionNode, b: SessionNode): number {
  return b.lastMs - a.lastMs || compareTexts(a.key, b.key);
}
