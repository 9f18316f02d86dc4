/** Writes sessions and what is told about them. Lives as long as one transaction. */

import type { AgentId } from '../domain/agent.ts';
import type { FactField, SessionDraft } from './batch.ts';
import type { Database } from './database.ts';
import { storeDelegation } from './delegations.ts';
import { betterFact, type Fact } from './merge.ts';
import { linkToParent, restoreCutLinks } from './parents.ts';

export class SessionStore {
  readonly #db: Database;
  readonly #ids = new Map<string, number>();
  readonly #related = new Set<number>();
  #hasMovedLinks = false;

  constructor(db: Database) {
    this.#db = db;
  }

  store(draft: SessionDraft): void {
    const id = this.idOf(draft.agent, draft.key);
    const { startedMs, lastMs } = draft;
    if (startedMs !== null && lastMs !== null)
      this.#db.run(widenSpan, startedMs, startedMs, lastMs, lastMs, id);
    for (const [field, fact] of draft.facts) this.#storeFact(draft.agent, id, field, fact);
    for (const { agent, key } of draft.delegates.values()) {
      if (storeDelegation(this.#db, id, this.idOf(agent, key))) this.#related.add(id);
    }
  }

  /**
   * Ids of the sessions of which it is new that another worked for them, or which one they are sub-agents of, and of some
   * others.
   */
  get related(): ReadonlySet<number> {
    return this.#related;
  }

  /** Must be called after the last session of a transaction was stored. */
  finish(): void {
    if (!this.#hasMovedLinks) return;
    this.#hasMovedLinks = false;
    restoreCutLinks(this.#db);
    // Whose sub-agents moved is not looked into: it is seldom.
    for (const { session } of this.#db.all<{ session: number }>(holdersOfOthers)) this.#related.add(session);
  }

  /** The id of a session, which is made where there is none: receipts and sub-agents may come before their session. */
  idOf(agent: AgentId, key: string): number {
    const identity = `${agent}\0${key}`;
    const known = this.#ids.get(identity);
    if (known !== undefined) return known;
    const row = this.#db.get<{ id: number }>(
      'SELECT id FROM session WHERE agent = ? AND key = ?',
      agent,
      key,
    );
    const id = row?.id ?? this.#db.insert('INSERT INTO session (agent, key) VALUES (?, ?)', agent, key);
    this.#ids.set(identity, id);
    return id;
  }

  #storeFact(agent: AgentId, session: number, field: FactField, fact: Fact): void {
    const known = this.#db.get<FactRow>(selectFact, session, field);
    if (known !== undefined && betterFact(toFact(known), fact) !== fact) return;
    const { value, reader, rank, atMs, position } = fact;
    this.#db.run(replaceFact, session, field, value, reader, rank, atMs, position);
    if (field !== 'parentKey') return;
    if (known?.value === value) return;
    const isCut = linkToParent(this.#db, session, this.idOf(agent, value));
    this.#related.add(session);
    this.#hasMovedLinks ||= known !== undefined || isCut;
  }
}

interface FactRow {
  readonly value: string;
  readonly reader: number;
  readonly rank: number;
  readonly at_ms: number;
  readonly position: number;
}

const selectFact = 'SELECT value, reader, rank, at_ms, position FROM fact WHERE session = ? AND field = ?';

const replaceFact = `
  INSERT OR REPLACE INTO fact (session, field, value, reader, rank, at_ms, position) VALUES (?, ?, ?, ?, ?, ?, ?)`;

/** Sessions that count what is told beside the work of others: of those that they called, or of their sub-agents. */
const holdersOfOthers = `
  SELECT session FROM delegation
  UNION SELECT session FROM stated JOIN receipt USING (response, request) WHERE with_sub_agents = 1`;

const widenSpan = `
  UPDATE session SET started_ms = min(ifnull(started_ms, ?), ?), last_ms = max(ifnull(last_ms, ?), ?)
  WHERE id = ?`;

function toFact(row: FactRow): Fact {
  return { value: row.value, reader: row.reader, rank: row.rank, atMs: row.at_ms, position: row.position };
}
