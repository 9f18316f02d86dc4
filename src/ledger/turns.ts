/**
 * An agent can keep two logs of one session: one with the sum of each turn, and one with each response. Whichever is
 * read first, every turn counts once, by the log that knows it better.
 */

import type { Database } from './database.ts';
import { claims, isToldByResponses, isToldBySum, qualities, type TurnSum } from './merge.ts';
import { classColumns } from './receiptRow.ts';
import { type Marked, markSuperseded } from './superseded.ts';

/**
 * Decides anew which receipts of sessions are told by others of the same session, too.
 *
 * @param changed ids of the sessions of which receipts have changed
 */
export function settleTurns(db: Database, changed: ReadonlySet<number>): void {
  for (const { session } of db.all<{ session: number }>(sessionsWithTurns, JSON.stringify([...changed]))) {
    const sums = db.all<SumRow>(sumsOf, session).map(toSum);
    const responses = db.all<ResponseRow>(responsesOf, session).map(toResponse);
    const whole = sums.filter(({ isWhole }) => isWhole);
    // What knows nothing, or gives way itself, tells nothing of a turn.
    const telling = responses.filter(({ begunMs, isTelling }) => isTelling && !isToldBySum(begunMs, whole));
    const begun = telling.map(({ begunMs }) => begunMs);
    const isTold = (sum: TurnSum) => isToldByResponses(sum, begun);
    const standing = sums.filter((sum) => !isTold(sum));
    for (const sum of sums) markSuperseded(db, sum, isTold(sum));
    for (const response of responses) {
      markSuperseded(db, response, isToldBySum(response.begunMs, response.isTelling ? whole : standing));
    }
  }
}

interface SumRow extends Marked {
  readonly started_ms: number;
  readonly ended_ms: number;
  readonly is_whole: number;
}

interface ResponseRow extends Marked {
  readonly begun_ms: number;
  readonly is_telling: number;
}

interface Response extends Marked {
  readonly begunMs: number;
  /** Some class of its tokens is known. */
  readonly isTelling: boolean;
}

function toSum({ started_ms, ended_ms, is_whole, ...row }: SumRow): TurnSum & Marked {
  return { ...row, startedMs: started_ms, endedMs: ended_ms, isWhole: is_whole === 1 };
}

function toResponse({ begun_ms, is_telling, ...row }: ResponseRow): Response {
  return { ...row, begunMs: begun_ms, isTelling: is_telling === 1 };
}

/** Side chains, copies, sums of sessions and what was delegated stand or fall by rules of their own. */
const isOwn = `claim = ${claims.indexOf('own')}`;
const isNoSum = `quality <> ${qualities.indexOf('sessionTotal')}`;

/** Those with a sum, and those that had one. */
const sessionsWithTurns = `
  SELECT value AS session FROM json_each(?) WHERE EXISTS (
    SELECT 1 FROM receipt WHERE session = value AND (turn_started_ms IS NOT NULL OR (superseded = 1 AND ${isOwn}))
      AND ${isNoSum})`;

const sumsOf = `
  SELECT id, superseded, turn_started_ms AS started_ms, at_ms AS ended_ms,
    (${classColumns.join(' + ')}) IS NOT NULL AS is_whole
  FROM receipt WHERE session = ? AND turn_started_ms IS NOT NULL AND ${isOwn} ORDER BY started_ms, ended_ms`;

const responsesOf = `
  SELECT id, superseded, at_ms - ifnull(duration_ms, 0) AS begun_ms,
    coalesce(${classColumns.join(', ')}) IS NOT NULL AS is_telling
  FROM receipt WHERE session = ? AND turn_started_ms IS NULL AND ${isOwn} AND ${isNoSum}
  ORDER BY begun_ms`;
