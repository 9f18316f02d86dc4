/** Reads the database of Copilot CLI: a row for each request, added as it ends. */

import { isDeepStrictEqual } from 'node:util';
import { toTitle } from '../../domain/session.ts';
import { hasUnknown } from '../../domain/tokens.ts';
import { creditsOf } from '../copilotUsage.ts';
import { fieldOf, idOf, isRecord, type LogRecord, nameOf, textOf, timeOf } from '../fields.ts';
import type { DatabaseParser, JsonValue, LogDatabase, Sink } from '../reader.ts';
import { subAgentFacts } from './facts.ts';
import { nthOf, type Outputs, responseId, sessionKeyOf, toReceipt } from './response.ts';
import { columnNames, toTokens } from './usage.ts';

const sliceRows = 256;

/** Columns come and go between versions. */
const wantedColumns = [
  'turn_index',
  'agent_id',
  'parent_tool_call_id',
  'model',
  ...Object.values(columnNames),
  'total_nano_aiu',
  'duration_ms',
  'reasoning_effort',
  'finish_reason',
  'created_at',
];
const wantedOfSessions = ['cwd', 'branch', 'summary'];

/** The question for the rows after one. Their numbers are never used twice, unless the database is made anew. */
export function usageSql(columns: ReadonlySet<string>): string {
  const wanted = ['id', 'session_id', ...wantedColumns.filter((name) => columns.has(name))];
  return `SELECT ${wanted.join(', ')} FROM assistant_usage_events WHERE id > ? ORDER BY id LIMIT ${sliceRows}`;
}

/** The question for the outputs of a session before a row. */
export const outputsSql = `
  SELECT output_tokens AS output, count(*) AS times FROM assistant_usage_events
  WHERE session_id = ? AND id < ? GROUP BY output_tokens`;

/** The last row that was read. */
interface Mark {
  readonly row: number;
  readonly session: string;
  readonly createdAt: string;
}

const start: Mark = { row: 0, session: '', createdAt: '' };

function markOf({ id, session_id, created_at = '' }: LogRecord): Mark {
  return { row: Number(id), session: String(session_id), createdAt: String(created_at) };
}

const markSql = 'SELECT id, session_id, created_at FROM assistant_usage_events WHERE id = ?';
const markSqlWithoutTimes = 'SELECT id, session_id FROM assistant_usage_events WHERE id = ?';

export class UsageStoreParser implements DatabaseParser {
  readonly #database: LogDatabase;
  readonly #question: string | null;
  readonly #knowsAgents: boolean;
  readonly #sessionColumns: readonly string[];
  readonly #outputs = new Map<string, Outputs<number | null>>();
  #last: Mark;

  constructor(database: LogDatabase, saved?: JsonValue) {
    this.#database = database;
    const columns = database.columns('assistant_usage_events');
    const isKnown = ['id', 'session_id', 'output_tokens'].every((name) => columns.has(name));
    this.#question = isKnown ? usageSql(columns) : null;
    this.#knowsAgents = columns.has('agent_id');
    const ofSessions = database.columns('sessions');
    this.#sessionColumns = ofSessions.has('id')
      ? wantedOfSessions.filter((name) => ofSessions.has(name))
      : [];
    const last = isRecord(saved) ? (saved as unknown as Mark) : start;
    this.#last = this.#isStillThere(last, columns.has('created_at')) ? last : start;
  }

  readSlice(sink: Sink): boolean {
    if (this.#question === null) return false;
    const rows = this.#database.rows(this.#question, this.#last.row);
    const sessions = new Map<string, LogRecord>();
    for (const row of rows) {
      this.#last = markOf(row);
      this.#readRow(row, sessions, sink);
    }
    for (const [key, session] of sessions) tellSession(key, session, sink);
    return rows.length === sliceRows;
  }

  save(): JsonValue {
    return { ...this.#last };
  }

  #isStillThere(mark: Mark, hasTimes: boolean): boolean {
    if (mark.row === 0 || this.#question === null) return true;
    const [row] = this.#database.rows(hasTimes ? markSql : markSqlWithoutTimes, mark.row);
    return row !== undefined && isDeepStrictEqual(markOf(row), mark);
  }

  #readRow(row: LogRecord, sessions: Map<string, LogRecord>, sink: Sink): void {
    const sessionId = idOf(row, 'session_id');
    if (sessionId === null) {
      sink.refuse('malformed');
      return;
    }
    const session = sessions.get(sessionId) ?? this.#findSession(sessionId);
    sessions.set(sessionId, session);
    const tokens = toTokens(row, columnNames);
    const nth = this.#nthOf(sessionId, row);
    const atMs = timeOf(row, 'created_at');
    if (typeof tokens === 'string') {
      sink.refuse(tokens);
      return;
    }
    if (atMs === null) {
      sink.refuse('implausible');
      return;
    }
    const agentId = idOf(row, 'agent_id');
    const sessionKey = sessionKeyOf(sessionId, agentId);
    if (agentId !== null) sink.session(subAgentFacts(sessionId, agentId));
    sink.receipt(
      toReceipt({
        id: responseId(sessionId, tokens.output, nth),
        sessionKey,
        // Where the store knows no sub-agents, the session's events may.
        claim: this.#knowsAgents ? 'own' : 'sideChain',
        atMs,
        model: nameOf(row, 'model'),
        tokens,
        circumstances: circumstancesOf(row, session),
        reportedCost: creditsOf(row, 'total_nano_aiu'),
        quality: hasUnknown(tokens) ? 'partial' : 'exact',
      }),
    );
  }

  #findSession(id: string): LogRecord {
    if (this.#sessionColumns.length === 0) return {};
    return (
      this.#database.rows(`SELECT ${this.#sessionColumns.join(', ')} FROM sessions WHERE id = ?`, id)[0] ?? {}
    );
  }

  #nthOf(sessionId: string, row: LogRecord): number {
    const known = this.#outputs.get(sessionId) ?? this.#outputsBefore(sessionId, Number(row.id));
    if (this.#outputs.size >= mostSessions) this.#outputs.clear();
    this.#outputs.set(sessionId, known);
    return nthOf(known, toOutput(row.output_tokens));
  }

  #outputsBefore(sessionId: string, id: number): Outputs<number | null> {
    const rows = this.#database.rows(outputsSql, sessionId, id);
    return new Map(rows.map(({ output, times }) => [toOutput(output), Number(times)]));
  }
}

/** Sessions whose outputs are remembered: few write at a time. */
const mostSessions = 64;

function toOutput(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function circumstancesOf(row: LogRecord, session: LogRecord) {
  const stopReason = nameOf(row, 'finish_reason');
  const effort = nameOf(row, 'reasoning_effort');
  const projectPath = textOf(session, 'cwd');
  const gitBranch = nameOf(session, 'branch');
  const durationMs = fieldOf(row, 'duration_ms');
  const turn = fieldOf(row, 'turn_index');
  return {
    ...(stopReason !== '' && { stopReason }),
    ...(effort !== '' && { effort }),
    ...(projectPath !== null && { projectPath }),
    ...(gitBranch !== '' && { gitBranch }),
    ...(isCount(durationMs) && { durationMs: Math.round(durationMs) }),
    ...(isCount(turn) && { turn: Math.round(turn) + 1 }),
  };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < Number.MAX_SAFE_INTEGER;
}

function tellSession(key: string, session: LogRecord, sink: Sink): void {
  const projectPath = textOf(session, 'cwd');
  const gitBranch = nameOf(session, 'branch');
  const title = toTitle(textOf(session, 'summary') ?? '');
  sink.session({
    agent: 'copilot-cli',
    key,
    ...(projectPath !== null && { projectPath }),
    ...(gitBranch !== '' && { gitBranch }),
    ...(title !== undefined && { title: { text: title, source: 'summary' } }),
  });
}
