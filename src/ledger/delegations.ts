/**
 * One agent can have another do the work, and both log it: OpenClaw calls Claude Code, a chat in VS Code is a session of
 * Copilot CLI. Whichever is read first, each turn counts once: by the log of the agent that did it, with its sub-agents, and
 * by the caller's what that one does not tell, as its log may be gone in part, or not read yet.
 */

import type { AgentId } from '../domain/agent.ts';
import { noTokens, type TokenCounts } from '../domain/tokens.ts';
import type { Database } from './database.ts';
import type { Rest } from './droppedSums.ts';
import { addKnown, claims, firstIndex, grownBy, restsOfTurn, timeOfTurn } from './merge.ts';
import { classColumns, type StoredReceipt, toReading, toTokens } from './receiptRow.ts';
import { countedText, receiptsAsStated, statedReceipts } from './stated.ts';
import type { Marked } from './superseded.ts';

/** These hand back what all turns so far took, others what the turn did. */
const runningAgents: readonly AgentId[] = ['codex'];

/** Returns whether it was not known that one session worked for another. */
export function storeDelegation(db: Database, session: number, delegate: number): boolean {
  if (session === delegate) return false;
  return db.run('INSERT OR IGNORE INTO delegation (session, delegate) VALUES (?, ?)', session, delegate) > 0;
}

/**
 * Decides anew what turns of calling sessions count beside what other agents tell of them.
 *
 * @param changed ids of the sessions of which receipts, delegations or parents have changed, calling or called
 * @param count has a receipt count what is left of it
 */
export function settleDelegations(
  db: Database,
  changed: ReadonlySet<number>,
  count: (rest: Rest) => void,
): void {
  const ids = JSON.stringify([...changed]);
  for (const { session } of db.all<{ session: number }>(affectedCallers, ids, ids)) {
    const work = db.all<WorkRow>(workOf, session, session);
    for (const turns of turnsOf(db, session)) countTurns(db, turns, work, count);
  }
}

type CountsRow = Parameters<typeof toTokens>[0] & { readonly at_ms: number };

type CallRow = CountsRow &
  Marked & {
    readonly is_turn: number;
    readonly is_noted: number;
    readonly counted: string;
    readonly provider: string | null;
  };

type WorkRow = CountsRow & { readonly agent: AgentId };

interface Turn {
  readonly row: CallRow;
  readonly tokens: TokenCounts;
  /** Of an agent that hands back running totals. */
  readonly grown: TokenCounts;
}

/** Turns that ended at the same time, which the same work is of. */
interface Turns {
  readonly atMs: number;
  readonly afterMs: number | null;
  readonly turns: Turn[];
}

function turnsOf(db: Database, session: number): readonly Turns[] {
  const all: Turns[] = [];
  const last = new Map<string | null, TokenCounts>();
  let [atMs, afterMs]: (number | null)[] = [null, null];
  for (const row of db.all<CallRow>(callsOf, delegated, session)) {
    if (row.at_ms !== atMs) afterMs = atMs;
    atMs = row.at_ms;
    if (row.is_turn === 0) continue;
    const tokens = toTokens(row);
    const turn = { row, tokens, grown: grownBy(last.get(row.provider), tokens) };
    last.set(row.provider, tokens);
    if (all.at(-1)?.atMs === row.at_ms) all.at(-1)?.turns.push(turn);
    else all.push({ atMs: row.at_ms, afterMs: afterMs ?? null, turns: [turn] });
  }
  return all;
}

/** @param work ordered by its times */
function countTurns(
  db: Database,
  { turns, ...time }: Turns,
  work: readonly WorkRow[],
  count: (rest: Rest) => void,
): void {
  const done = workAt(timeOfTurn(time), work);
  const told = done.map(toTokens).reduce(addKnown, noTokens);
  const isRunning = done.some(({ agent }) => runningAgents.includes(agent));
  const stated = turns.map(({ tokens, grown }) => (isRunning ? grown : tokens));
  const rests = done.length === 0 ? [] : restsOfTurn(stated, told);
  for (const [index, { row }] of turns.entries()) {
    const rest = rests[index];
    if (isCounted(row, rest)) continue;
    const reading = db.get<StoredReceipt>(readingOf, row.id);
    if (reading !== undefined) count(restOf(row.id, reading, rest));
  }
}

/** Whether a turn counts what is left of it already: most were settled long ago. */
function isCounted(row: CallRow, rest: TokenCounts | undefined): boolean {
  if (rest === undefined) return row.superseded === 0 && row.is_noted === 0;
  return row.superseded === Number(isNothing(rest)) && row.counted === countedText(rest);
}

function isNothing({ output }: TokenCounts): boolean {
  return (output ?? 0) === 0;
}

function workAt([afterMs, untilMs]: readonly [number, number], work: readonly WorkRow[]): readonly WorkRow[] {
  const from = firstIndex(work, ({ at_ms }) => at_ms > afterMs);
  const until = firstIndex(work, ({ at_ms }) => at_ms > untilMs);
  return work.slice(from, until);
}

/** @param tokens what is left; `undefined` where nobody else tells of the turn */
function restOf(id: number, row: StoredReceipt, tokens: TokenCounts | undefined): Rest {
  const reading = toReading(row);
  if (tokens === undefined) return { id, reading, isNothing: false };
  return { id, reading: { ...reading, tokens, reportedCost: null }, isNothing: isNothing(tokens) };
}

const delegated = claims.indexOf('delegated');

/** Up from a sub-agent to the session that was asked, and to who asked it. */
const affectedCallers = `
  WITH RECURSIVE above (id) AS (
    SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM delegation)
    UNION SELECT session.parent FROM above JOIN session ON session.id = above.id WHERE session.parent IS NOT NULL)
  SELECT session FROM delegation WHERE session IN (SELECT value FROM json_each(?))
  UNION SELECT session FROM delegation WHERE delegate IN (SELECT id FROM above)`;

const callsOf = `
  SELECT receipt.id, superseded, is_noted, counted, at_ms, claim = ? AS is_turn, ${classColumns}, reasoning,
    json_extract(circumstance.json, '$.provider') AS provider
  FROM ${receiptsAsStated} LEFT JOIN circumstance ON circumstance.id = receipt.circumstance
  WHERE session = ? ORDER BY at_ms, response, request`;

/**
 * Of two that name each other none loses what it did itself, and no replay was made twice. Workers are few, and each has
 * its receipts looked up: in the order of times all receipts of the ledger would be gone through. Of a sum that is what it
 * counts beside the others.
 */
const workOf = `
  WITH RECURSIVE worker (id, agent) AS (
    SELECT session.id, agent FROM delegation JOIN session ON session.id = delegate WHERE delegation.session = ?
    UNION SELECT session.id, session.agent FROM worker JOIN session ON session.parent = worker.id)
  SELECT at_ms, ${classColumns}, reasoning, agent FROM worker CROSS JOIN receipt ON receipt.session = worker.id
  WHERE claim <> ${delegated} AND worker.id <> ? AND superseded = 0
  ORDER BY at_ms`;

const readingOf = `${statedReceipts()} WHERE receipt.id = ?`;
