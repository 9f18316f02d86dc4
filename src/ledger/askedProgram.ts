/**
 * An agent can have the program of another one answer its requests: Cline runs Claude Code for each, as one of its
 * providers, and says nothing of the session that this makes. Both log the response, and it counts once, by the log of the
 * program, whichever is read first. Where that log is gone, or was never kept, the request counts.
 */

import type { AgentId } from '../domain/agent.ts';
import type { Period } from '../domain/period.ts';
import type { Database } from './database.ts';
import { qualities } from './merge.ts';
import { type Marked, markSuperseded } from './superseded.ts';

export const caller: AgentId = 'cline';
/** The caller gives its provider the same name. */
const program: AgentId = 'claude-code';

/** How often a response may have been added up: the program tells it with each block of its content. */
const timesTold = [1, 2, 3, 4, 5, 6, 7, 8];

/** No response is waited for longer. */
const longestMs = 3_600_000;

/**
 * Decides anew which requests the program tells of, too.
 *
 * @param changed ids of the sessions of which receipts have changed, of the caller or of the program
 * @param span times of the receipts that have changed
 */
export function settleAsked(db: Database, changed: ReadonlySet<number>, span: Period): void {
  const { startMs, endMs } = span;
  const callers = db.all<{ id: number }>(callersOf, JSON.stringify([...changed]), startMs - longestMs, endMs);
  for (const { id } of callers) {
    for (const request of db.all<Marked & { readonly is_told: number }>(requestsOf, id)) {
      markSuperseded(db, request, request.is_told === 1);
    }
  }
}

/**
 * Few have a session that asks the program, which a look at the providers tells. Of these those of the time are asked for
 * alone: a session of the program can be as old as all of them.
 */
const callersOf = `
  SELECT DISTINCT calling.id FROM json_each(?)
  JOIN session AS changed ON changed.id = value AND changed.agent IN ('${caller}', '${program}')
  JOIN session AS calling ON calling.agent = '${caller}' AND (calling.id = changed.id OR (
    changed.agent = '${program}' AND EXISTS (
      SELECT 1 FROM receipt WHERE session = calling.id AND at_ms >= ? AND at_ms < ?)))
  WHERE EXISTS (SELECT 1 FROM circumstance WHERE instr(json, '"provider":"${program}"') > 0)`;

/**
 * A request is logged with the time when it was sent, and its response came before the next one, if that is not of the same
 * moment. The same prompt, by all classes, tells that it is the same: it was cached at least in part, as the program's own
 * instructions are. Of the output the caller may have heard less; and it may have added up what it was told of one response
 * again and again. Receipts are gone through by their times: the program may have made any number.
 */
const requestsOf = `
  SELECT asked.id, asked.superseded, EXISTS (
    SELECT 1 FROM receipt AS made CROSS JOIN session ON session.id = made.session AND session.agent = '${program}'
    CROSS JOIN json_each('${JSON.stringify(timesTold)}') AS times
    WHERE made.at_ms >= asked.at_ms AND made.at_ms < min(asked.at_ms + ${longestMs}, ifnull(asked.next_ms, 9e15))
      AND made.superseded = 0 AND asked.uncached_input = times.value * made.uncached_input
      AND asked.cache_read = times.value * made.cache_read AND asked.cache_write_unknown =
        times.value * (made.cache_write_5m + made.cache_write_1h + made.cache_write_unknown)
      AND made.cache_read + asked.cache_write_unknown > 0 AND asked.output <= times.value * made.output) AS is_told
  FROM (
    SELECT *, max(at_ms) OVER (ORDER BY at_ms GROUPS BETWEEN 1 FOLLOWING AND 1 FOLLOWING) AS next_ms FROM receipt
    WHERE session = ? AND quality <> ${qualities.indexOf('sessionTotal')}) AS asked
  JOIN circumstance ON circumstance.id = asked.circumstance
  WHERE json_extract(circumstance.json, '$.provider') = '${program}'`;
