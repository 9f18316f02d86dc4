/**
 * An agent can take over what another has logged and go on with its sessions under the same keys: Zoo Code copies tasks of
 * Roo Code, with all that they used. Whichever log is read first, and whether or not the first one is still there, what
 * both tell of counts once, by the log of the agent that did it.
 */

import type { AgentId } from '../domain/agent.ts';
import type { Database } from './database.ts';
import { qualities } from './merge.ts';
import { type Marked, markSuperseded } from './superseded.ts';

export const heir: AgentId = 'zoo-code';
const predecessor: AgentId = 'roo-code';

/**
 * Sessions that have taken over others, of which what counts must be decided anew: sums of parents are worked out again,
 * too, where a sub-agent has changed, of either of the two.
 *
 * @param changed ids of the sessions of which receipts or parents have changed
 */
export function heirsOf(db: Database, changed: ReadonlySet<number>): readonly number[] {
  return db.all<{ id: number }>(heirsOfChanged, JSON.stringify([...changed])).map(({ id }) => id);
}

const heirsOfChanged = `
  WITH RECURSIVE above (id) AS (
    SELECT value FROM json_each(?)
    UNION SELECT session.parent FROM above JOIN session ON session.id = above.id WHERE session.parent IS NOT NULL
    UNION SELECT next.id FROM above JOIN session AS taken ON taken.id = above.id AND taken.agent = '${predecessor}'
      JOIN session AS next ON next.agent = '${heir}' AND next.key = taken.key)
  SELECT heir.id FROM above JOIN session AS heir ON heir.id = above.id AND heir.agent = '${heir}'
  JOIN session AS first ON first.agent = '${predecessor}' AND first.key = heir.key`;

/** A table of one row, the session that is asked about, for values that are bound by their place alone. */
export const askedSession = 'asked (session) AS (SELECT ?)';

/** The session that {@link askedSession} has taken over, if any. */
const sessionBefore = `
  SELECT first.id FROM asked JOIN session AS heir ON heir.id = asked.session AND heir.agent = '${heir}'
  JOIN session AS first ON first.agent = '${predecessor}' AND first.key = heir.key`;

/**
 * A condition on a `receipt`: one of {@link askedSession}, or one that this has taken over without a copy of it. What a heir
 * has removed since may be of the time before.
 */
export const isOfSessionOrBefore = `
  receipt.session IN (SELECT session FROM asked UNION ${sessionBefore})
  AND (receipt.session = (SELECT session FROM asked) OR NOT EXISTS (
    SELECT 1 FROM receipt AS copy
    WHERE +copy.session = (SELECT session FROM asked) AND copy.at_ms = receipt.at_ms AND copy.quality = receipt.quality))`;

/**
 * Decides anew which receipts were only copied. To be called when it is settled what sums count: of what one holds, and was
 * copied with it, is looked for in the session of the heir.
 */
export function settleInherited(db: Database, heirs: readonly number[]): void {
  for (const session of heirs) {
    for (const copy of db.all<Copy>(copiesOf, session)) {
      // A sum that is no copy counts as that was settled.
      if (copy.is_copied === 1 || copy.is_sum === 0) markSuperseded(db, copy, copy.is_copied === 1);
    }
  }
}

interface Copy extends Marked {
  readonly is_sum: number;
  readonly is_copied: number;
}

const [exact, partial, sum] = (['exact', 'partial', 'sessionTotal'] as const).map((quality) =>
  qualities.indexOf(quality),
);

/**
 * Logs of both agents tell of a request by its time. A copy that knows more than what it was copied from counts: it is of a
 * later state of the log than was ever read. Originals are looked up by their times, of which a session has many.
 */
const copiesOf = `
  WITH ${askedSession}
  SELECT copy.id, copy.superseded, copy.quality = ${sum} AS is_sum, EXISTS (
    SELECT 1 FROM receipt AS original WHERE +original.session IN (${sessionBefore}) AND original.at_ms = copy.at_ms
      AND (original.quality = copy.quality OR (original.quality = ${exact} AND copy.quality = ${partial}))) AS is_copied
  FROM receipt AS copy WHERE copy.session = (SELECT session FROM asked)`;
