/**
 * An agent can keep two logs of one session: one with the sum of each turn, and one with each response. Whichever is
 * read first, every turn counts once: by a sum that knows all tokens, and else by its responses and what the sum has
 * beyond them.
 */

import { hasUnknown, noTokens, type TokenCounts, tokenClasses } from '../domain/tokens.ts';
import { caller } from './askedProgram.ts';
import type { Database } from './database.ts';
import type { Rest } from './droppedSums.ts';
import { heir } from './inherited.ts';
import { addKnown, claims, qualities, type Reading, restsOfTurn, type TurnSpan, turnAt } from './merge.ts';
import { type StoredReceipt, storedReceipts, toReading } from './receiptRow.ts';
import { statedReceipts } from './stated.ts';
import { type Marked, markSuperseded } from './superseded.ts';

/**
 * Decides anew which receipts of sessions are told by others of the same session, too.
 *
 * @param changed ids of the sessions of which receipts have changed
 * @param count has a receipt count what is left of it
 */
export function settleTurns(db: Database, changed: ReadonlySet<number>, count: (rest: Rest) => void): void {
  for (const { session } of db.all<{ session: number }>(sessionsWithTurns, JSON.stringify([...changed]))) {
    const turns = turnsOf(db.all<SumRow>(sumsOf, session));
    const responses = db.all<ResponseRow>(responsesOf, session).map(toResponse);
    const told = toldIn(turns, responses);
    const left = turns.filter((turn) => countSums(turn, told.get(turn) ?? null, count));
    for (const response of responses) {
      const turn = turnAt(response.begunMs, turns);
      // What knows nothing gives way to what is left of a sum, too.
      const givesWay =
        turn !== undefined && (turn.isWhole || (response.tokens === null && left.includes(turn)));
      markSuperseded(db, response, givesWay);
    }
  }
}

/** Sums of one turn, one a model. */
interface Turn extends TurnSpan {
  readonly sums: SumRow[];
  /** One of them knows all tokens. */
  isWhole: boolean;
}

type SumRow = StoredReceipt & Marked & { readonly is_noted: number };

interface Response extends Marked {
  readonly begunMs: number;
  /** `null` where no class is known. */
  readonly tokens: TokenCounts | null;
}

type ResponseRow = StoredReceipt & Marked;

function toResponse(row: ResponseRow): Response {
  const { tokens, atMs, circumstances } = toReading(row);
  const isTelling = tokenClasses.some((name) => tokens[name] !== null);
  const begunMs = atMs - (circumstances.durationMs ?? 0);
  return { id: row.id, superseded: row.superseded, begunMs, tokens: isTelling ? tokens : null };
}

/** @param sums ordered by their turns */
function turnsOf(sums: readonly SumRow[]): readonly Turn[] {
  const turns: Turn[] = [];
  for (const sum of sums) {
    const { turn_started_ms: startedMs, at_ms: endedMs } = sum;
    const last = turns.at(-1);
    const isOfLast = last?.startedMs === startedMs && last.endedMs === endedMs;
    const turn = isOfLast ? last : { startedMs: startedMs ?? endedMs, endedMs, sums: [], isWhole: false };
    if (!isOfLast) turns.push(turn);
    turn.sums.push(sum);
    turn.isWhole ||= !hasUnknown(toReading(sum).tokens);
  }
  return turns;
}

/** What is told of each turn, where anything is. */
function toldIn(turns: readonly Turn[], responses: readonly Response[]): ReadonlyMap<Turn, TokenCounts> {
  const told = new Map<Turn, TokenCounts>();
  for (const { begunMs, tokens } of responses) {
    const turn = turnAt(begunMs, turns);
    if (turn !== undefined && tokens !== null) told.set(turn, addKnown(told.get(turn) ?? noTokens, tokens));
  }
  return told;
}

/** Returns whether anything is left to them. */
function countSums(turn: Turn, told: TokenCounts | null, count: (rest: Rest) => void): boolean {
  const readings = turn.sums.map(toReading);
  const isTold = !turn.isWhole && told !== null;
  const rests = isTold ? restsOf(readings, told) : readings;
  for (const [index, reading] of rests.entries()) {
    const sum = turn.sums[index];
    const isNothing = isTold && (reading.tokens.output ?? 0) === 0;
    const isAsBefore = !isTold && sum?.superseded === 0 && sum.is_noted === 0;
    if (sum !== undefined && !isAsBefore) count({ id: sum.id, reading, isNothing });
  }
  return !isTold || rests.some(({ tokens }) => (tokens.output ?? 0) > 0);
}

/** What the agent says that a whole turn cost is not the cost of what is left of it. */
function restsOf(readings: readonly Reading[], told: TokenCounts): readonly Reading[] {
  const rests = restsOfTurn(
    readings.map(({ tokens }) => tokens),
    told,
  );
  return readings.map((reading, index) => ({
    ...reading,
    tokens: rests[index] ?? reading.tokens,
    reportedCost: null,
  }));
}

/** Side chains, copies, sums of sessions and what was delegated stand or fall by rules of their own. */
const isOwn = `claim = ${claims.indexOf('own')}`;
const isNoSum = `quality <> ${qualities.indexOf('sessionTotal')}`;

/** Those with a sum, and those that had one: by marks that are not of other rules, which take back their own. */
const sessionsWithTurns = `
  SELECT value AS session FROM json_each(?) JOIN session ON session.id = value
  WHERE EXISTS (
    SELECT 1 FROM receipt WHERE session = value AND (turn_started_ms IS NOT NULL OR (superseded = 1 AND ${isOwn}))
      AND (turn_started_ms IS NOT NULL OR agent NOT IN ('${caller}', '${heir}')) AND ${isNoSum})`;

const sumsOf = `
  ${statedReceipts('receipt.id, superseded, is_noted')}
  WHERE receipt.session = ? AND turn_started_ms IS NOT NULL AND ${isOwn}
  ORDER BY turn_started_ms, at_ms, response, request`;

const responsesOf = `
  ${storedReceipts('receipt.id, superseded')}
  WHERE receipt.session = ? AND turn_started_ms IS NULL AND ${isOwn} AND ${isNoSum}`;
