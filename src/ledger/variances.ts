/** Variances of estimates, kept for all windows and for the next start. They hold no text and can be found again. */

import { isTokenCount } from '../domain/tokens.ts';
import { type Variance, witnesses } from '../domain/variance.ts';
import type { Database } from './database.ts';
import { hashId } from './identity.ts';
import { Names } from './names.ts';

/** Of one agent, model and kind: older ones are forgotten. */
const mostKept = 200;
/** Newer ones outweigh all that are older than this many. */
const mostLoaded = 1_000;
/** Working directories that are longer are not told apart. */
const longestPath = 1_024;

/**
 * Stores variances by their receipts, so that what was met before counts once; the newer estimate stands. Writes only
 * where there is news: each commit makes the other windows look.
 *
 * @returns how many were news
 */
export function storeVariances(db: Database, variances: readonly Variance[]): number {
  const news = variances.filter((variance) => isSound(variance) && isNews(db, variance));
  if (news.length === 0) return 0;
  db.write(() => {
    const names = new Names(db);
    for (const variance of news) db.run(replaceVariance, ...columnsOf(variance, names));
    db.run(forgetOldest);
  });
  return news.length;
}

/** Whether the ledger has not got it, and would not forget it at once. */
function isNews(db: Database, variance: Variance): boolean {
  const { response, request } = hashId(variance.agent, variance.id);
  const known = db.get<VarianceRow>(selectVariance, response, request);
  if (known !== undefined) return !isSame(toVariance(known), variance);
  const { agent, model, kind, atMs } = variance;
  const oldestKept = db.get<{ at_ms: number }>(selectOldestKept, agent, kind, model);
  return oldestKept === undefined || atMs > oldestKept.at_ms;
}

function isSame(a: Variance, b: Variance): boolean {
  const numbers = (['estimatedTokens', 'billedTokens', 'scale'] as const).every(
    (name) => a[name] === b[name],
  );
  return numbers && a.kind === b.kind;
}

/** What is kept, newest first, without what a damaged file made of some. */
export function loadVariances(db: Database): readonly Variance[] {
  return db
    .all<VarianceRow>(`${selectVariances} ORDER BY at_ms DESC LIMIT ${mostLoaded}`)
    .map(toVariance)
    .filter(isSound);
}

interface VarianceRow {
  readonly response: string;
  readonly request: string;
  readonly agent: string;
  readonly kind: string;
  readonly model: string;
  readonly project: string | null;
  readonly at_ms: number;
  readonly estimated: number;
  readonly billed: number;
  readonly scale: number;
}

const selectVariances = `
  SELECT CAST(response AS TEXT) AS response, CAST(request AS TEXT) AS request, agent, kind, model.name AS model, project,
    at_ms, estimated, billed, scale
  FROM variance JOIN model ON model.id = variance.model`;

const selectVariance = `${selectVariances} WHERE response = ? AND request = ?`;

const selectOldestKept = `
  SELECT at_ms FROM variance JOIN model ON model.id = variance.model WHERE agent = ? AND kind = ? AND model.name = ?
  ORDER BY at_ms DESC LIMIT 1 OFFSET ${mostKept - 1}`;

const replaceVariance = `
  INSERT OR REPLACE INTO variance (response, request, agent, kind, model, project, at_ms, estimated, billed, scale)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

const forgetOldest = `
  DELETE FROM variance WHERE (response, request) IN (
    SELECT response, request FROM (
      SELECT response, request, row_number() OVER (
        PARTITION BY agent, model, kind ORDER BY at_ms DESC, response, request
      ) AS place FROM variance
    ) WHERE place > ${mostKept})`;

function columnsOf(variance: Variance, names: Names) {
  const { agent, id, kind, model, projectPath, atMs, estimatedTokens, billedTokens, scale } = variance;
  const { response, request } = hashId(agent, id);
  const project = projectPath?.slice(0, longestPath) ?? null;
  const modelId = names.idOf('model', model);
  return [
    response,
    request,
    agent,
    kind,
    modelId,
    project,
    atMs,
    estimatedTokens,
    billedTokens,
    scale,
  ] as const;
}

function toVariance(row: VarianceRow): Variance {
  return {
    agent: row.agent as Variance['agent'],
    id: { response: row.response, request: row.request },
    kind: row.kind as Variance['kind'],
    model: row.model,
    projectPath: row.project,
    atMs: row.at_ms,
    estimatedTokens: row.estimated,
    billedTokens: row.billed,
    scale: row.scale,
  };
}

function isSound({ agent, kind, atMs, estimatedTokens, billedTokens, scale }: Variance): boolean {
  return (
    witnesses.includes(agent) &&
    (kind === 'addition' || kind === 'opening') &&
    Number.isSafeInteger(atMs) &&
    [estimatedTokens, billedTokens, scale].every((count) => isTokenCount(count) && count > 0)
  );
}
