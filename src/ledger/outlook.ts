/** Ranges of what replies and sessions came to, from the ledger. Looks at so many sessions, however many there are. */

import type { Pico } from '../domain/money.ts';
import type { Outlook, ReplyOutlook, ReplySize, SessionOutlook } from '../domain/outlook.ts';
import { isOfProject } from '../domain/project.ts';
import { quantile } from '../domain/quantile.ts';
import { noTokens } from '../domain/tokens.ts';
import { addTotals, noTotals, type Totals } from '../domain/totals.ts';
import type { Database } from './database.ts';
import type { Pricing } from './pricing.ts';
import { quietMs } from './sessionTrees.ts';
import { sumsBy, treeOf } from './sums.ts';

export interface OutlookQuery {
  /** As the price catalogue names it. */
  readonly model: string;
  /** Folder of the project, `null` for none. */
  readonly projectPath: string | null;
  readonly nowMs: number;
}

/** What the ledger must be told of models. */
export interface ModelNames {
  /** The catalogue's id of a model that a log names; the name itself where the catalogue has none. */
  modelIdOf(loggedModel: string): string;
}

/** Nothing is said of fewer. */
export const fewestSamples = 20;
/** The first bound that is held against the session after it stands on so many. */
const fewestBefore = 10;
const mostSeen = 1_000;
const mostSessions = 100;
const mostReplies = 300;

export function outlookOf(db: Database, pricing: Pricing & ModelNames, query: OutlookQuery): Outlook {
  const seen = recentSessions(db, query.nowMs);
  const own = seen.filter(({ project }) => isOfProject(project, query.projectPath)).slice(0, mostSessions);
  const models = modelsOf(db, pricing, query.model);
  return {
    reply:
      replyOutlook(db, pricing, query, { models, sessions: own, isOfProject: true }) ??
      replyOutlook(db, pricing, query, {
        models,
        sessions: seen.slice(0, mostSessions),
        isOfProject: false,
      }),
    session: sessionOutlook(db, models, own),
  };
}

export interface PastSession {
  readonly id: number;
  readonly project: string | null;
}

/** Sessions that are over as far as one can tell, newest first. */
export function recentSessions(db: Database, nowMs: number): readonly PastSession[] {
  const sql = `
    SELECT id, fact.value AS project
    FROM session LEFT JOIN fact ON fact.session = session.id AND fact.field = 'projectPath'
    WHERE last_ms < ? AND parent IS NULL ORDER BY last_ms DESC, id DESC LIMIT ${mostSeen}`;
  return db.all<PastSession>(sql, nowMs - quietMs);
}

/** Ids of the names under which logs have the model. */
function modelsOf(db: Database, names: ModelNames, model: string): ReadonlySet<number> {
  const rows = db.all<{ id: number; name: string }>('SELECT id, name FROM model');
  return new Set(rows.filter(({ name }) => names.modelIdOf(name) === model).map(({ id }) => id));
}

interface ReplySource {
  readonly models: ReadonlySet<number>;
  readonly sessions: readonly PastSession[];
  readonly isOfProject: boolean;
}

function replyOutlook(
  db: Database,
  pricing: Pricing,
  { model, nowMs }: OutlookQuery,
  { models, sessions, isOfProject: isOwn }: ReplySource,
): ReplyOutlook | null {
  const sql = `
    SELECT output FROM counted WHERE session IN (SELECT value FROM json_each(?))
    AND model IN (SELECT value FROM json_each(?)) AND output IS NOT NULL ORDER BY at_ms DESC LIMIT ${mostReplies}`;
  const ids = sessions.map(({ id }) => id);
  const rows = db.all<{ output: number }>(sql, JSON.stringify(ids), JSON.stringify([...models]));
  const outputs = rows.map(({ output }) => output);
  const half = quantile(outputs, 0.5);
  const most = quantile(outputs, 0.9);
  if (outputs.length < fewestSamples || half === null || most === null) return null;
  const sizeOf = (tokens: number): ReplySize => ({
    tokens,
    cost: costOfReply(pricing, model, tokens, nowMs),
  });
  return { half: sizeOf(half), most: sizeOf(most), replies: outputs.length, isOfProject: isOwn };
}

function costOfReply(pricing: Pricing, model: string, output: number, atMs: number): Pico | null {
  const tokens = { ...noTokens, output };
  return pricing.price({
    model,
    atMs,
    tokens,
    webSearches: 0,
    terms: {},
    quality: 'estimated',
    circumstances: {},
  });
}

/**
 * What the last sessions in a folder came to at list price, sub-agents included, oldest first; without those that are
 * at work, and those that hold unpriced receipts.
 */
export function pastSessionCosts(db: Database, projectPath: string, nowMs: number): readonly Pico[] {
  const sessions = recentSessions(db, nowMs).filter(({ project }) => isOfProject(project, projectPath));
  return costsOf(db, null, sessions.slice(0, mostSessions));
}

function sessionOutlook(
  db: Database,
  models: ReadonlySet<number>,
  sessions: readonly PastSession[],
): SessionOutlook | null {
  const costs = costsOf(db, models, sessions);
  const half = quantile(costs, 0.5);
  const most = quantile(costs, 0.9);
  if (costs.length < fewestSamples || half === null || most === null) return null;
  return { half, most, sessions: costs.length, hitShare: hitShareOf(costs) };
}

/**
 * Costs of the sessions in which one of the models answered most, oldest first; without those that hold unpriced receipts.
 *
 * @param models ids; `null` for all
 */
function costsOf(
  db: Database,
  models: ReadonlySet<number> | null,
  sessions: readonly PastSession[],
): readonly Pico[] {
  const ids = sessions.map(({ id }) => id).reverse();
  const parts = new Map<number, SessionPart[]>(ids.map((id) => [id, []]));
  const columns = ['tree.root AS root', 'tree.level AS level', 'counted.model AS model'];
  const rest = 'JOIN tree ON tree.id = counted.session GROUP BY tree.root, tree.level, counted.model';
  for (const { group, totals } of sumsBy<PartOf>(db, columns, rest, [JSON.stringify(ids)], treeOf)) {
    parts.get(group.root)?.push({ ...group, totals });
  }
  return [...parts.values()]
    .filter((session) => (models === null ? session.length > 0 : isOfModel(session, models)))
    .map((session) => session.map(({ totals }) => totals).reduce(addTotals, noTotals))
    .filter(({ unpricedReceipts }) => unpricedReceipts === 0)
    .map(({ cost }) => cost);
}

/** Whose receipts: of a session or its sub-agents on one level, by one model. */
interface PartOf {
  readonly root: number;
  readonly level: number;
  readonly model: number;
}

interface SessionPart extends PartOf {
  readonly totals: Totals;
}

function isOfModel(parts: readonly SessionPart[], models: ReadonlySet<number>): boolean {
  const own = parts.filter(({ level }) => level === 0).sort((a, b) => b.totals.receipts - a.totals.receipts);
  return own[0] !== undefined && models.has(own[0].model);
}

function hitShareOf(oldestFirst: readonly Pico[]): number {
  const tried = oldestFirst.slice(fewestBefore);
  const hits = tried.filter((cost, index) => {
    const bound = quantile(oldestFirst.slice(0, fewestBefore + index), 0.9);
    return bound !== null && cost <= bound;
  });
  return hits.length / tried.length;
}
