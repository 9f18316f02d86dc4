/** Reads the database of OpenCode: messages that are new or were written again, with their sessions. */

import type { AgentId } from '../../domain/agent.ts';
import { fieldOf, idOf, isRecord, type LogRecord, nameOf, parseRecord, textOf } from '../fields.ts';
import type { DatabaseParser, JsonValue, LogDatabase, Sink } from '../reader.ts';
import { RowWalk, type WalkedRow, type WalkMemory } from '../rowWalk.ts';
import {
  isModels,
  isTurnOpen,
  isUnfinished,
  type Message,
  receiptsOf,
  type Step,
  timesOf,
} from './message.ts';
import {
  factsOf,
  hasOwnSums,
  isCopy,
  promptTitle,
  type SessionRow,
  Sessions,
  sessionTable,
} from './sessions.ts';
import { restOf, totalOf } from './sessionTotal.ts';
import type { Details, Store } from './store.ts';
import { version1 } from './version1.ts';
import { version2 } from './version2.ts';

/** Where the walks are: through the messages of both versions, by their number, and through the sessions. */
interface Memory {
  readonly [version: string]: WalkMemory;
}

interface OpenStore {
  readonly store: Store;
  readonly walk: RowWalk;
}

export class StoreParser implements DatabaseParser {
  readonly #agent: AgentId;
  readonly #database: LogDatabase;
  readonly #sessions: Sessions;
  readonly #stores: readonly OpenStore[];
  /** Only to see whose sums may have grown: a title may be made when all messages have been read. */
  readonly #sessionWalk: RowWalk | null;

  constructor(agent: AgentId, database: LogDatabase, saved?: JsonValue) {
    this.#agent = agent;
    this.#database = database;
    this.#sessions = new Sessions(database);
    // What the same version of this reader saved needs no check.
    const memory = (saved ?? {}) as unknown as Memory;
    this.#stores = [version1(database), version2(database)].flatMap((store) =>
      store === null ? [] : [{ store, walk: new RowWalk(database, store.table, memory[store.version]) }],
    );
    const table = sessionTable(database);
    this.#sessionWalk = table === null ? null : new RowWalk(database, table, memory.sessions);
  }

  readSlice(sink: Sink): boolean {
    for (const { store, walk } of this.#stores) {
      const rows = walk.next();
      if (rows.length > 0) {
        this.#readRows(store, walk, rows, sink);
        return true;
      }
    }
    const rows = this.#sessionWalk?.next() ?? [];
    for (const { id } of rows) this.#tellRest(id, this.#sessions.find(id), sink);
    return rows.length > 0;
  }

  save(): JsonValue {
    const walks = this.#stores.map(({ store, walk }) => [store.version, walk.save()] as const);
    const sessions = this.#sessionWalk?.save();
    return { ...Object.fromEntries(walks), ...(sessions && { sessions }) } as unknown as JsonValue;
  }

  #readRows(store: Store, walk: RowWalk, rows: readonly WalkedRow[], sink: Sink): void {
    const sessions = new Map<string, SessionRow | null>();
    const hasEmpty = new Set<string>();
    for (const row of rows) {
      const key = idOf(row.values, 'session');
      const data = dataOf(row);
      if (key === null || data === null) {
        if (!row.isAgain) sink.refuse(row.values.is_oversized === 1 ? 'oversized' : 'malformed');
        continue;
      }
      if (!sessions.has(key)) sessions.set(key, this.#sessions.find(key));
      if (!isModels(data)) {
        if (fieldOf(data, 'tokens') !== null && !row.isAgain) sink.refuse('malformed');
        continue;
      }
      walk.setFinished(row, !isUnfinished(data));
      const message = this.#toMessage(store, key, data, sessions.get(key) ?? null);
      if (!this.#tellMessage(store, row, message, sink)) hasEmpty.add(key);
    }
    for (const [key, session] of sessions) {
      this.#tellSession(store, key, session, sink);
      this.#tellRest(key, session, sink);
    }
    for (const key of hasEmpty) this.#tellTotal(store, key, sessions.get(key) ?? null, sink);
  }

  #toMessage(store: Store, sessionKey: string, data: LogRecord, session: SessionRow | null): Message {
    return {
      agent: this.#agent,
      sessionKey,
      claim: isCopy(session, timesOf({ data }).createdMs) ? 'copied' : 'own',
      data,
      version: store.version,
      projectPath: session === null ? null : textOf(session, 'directory'),
    };
  }

  /** Returns whether tokens were told of. */
  #tellMessage(store: Store, row: WalkedRow, message: Message, sink: Sink): boolean {
    if (store.version === 2 && this.#isInVersion1(row.id)) return true;
    const details = store.details(this.#database, row.id);
    const steps = receiptsOf(message, details.steps);
    for (const step of steps) {
      if (typeof step === 'string') {
        if (!row.isAgain) sink.refuse(step);
      } else if (step !== null) sink.receipt(step);
    }
    this.#tellCalls(steps, details, sink);
    return steps.some((step) => step !== null);
  }

  /** Version 2 takes over what version 1 left, and the numbers of all steps stand there alone. */
  #isInVersion1(id: string): boolean {
    const hasVersion1 = this.#stores.some(({ store }) => store.version === 1);
    return hasVersion1 && this.#database.rows('SELECT 1 FROM message WHERE id = ?', id).length > 0;
  }

  #tellCalls(steps: readonly Step[], { calls }: Details, sink: Sink): void {
    for (const { step, call } of calls) {
      // Without steps the message is all there is; a step that has not ended has no numbers, and so no name, yet.
      const receipt = steps[step];
      const id = idOf(call, 'id');
      if (!receipt || typeof receipt === 'string' || id === null) continue;
      const { input, resultBytes, isFailed } = call;
      const name = nameOf(call, 'name');
      sink.toolCall({
        agent: this.#agent,
        receipt: receipt.id,
        id,
        ...(name !== '' && { name }),
        ...(typeof input === 'string' && { input }),
        ...(typeof resultBytes === 'number' && { resultBytes }),
        ...(typeof isFailed === 'boolean' && { isFailed }),
      });
    }
  }

  #tellSession(store: Store, key: string, session: SessionRow | null, sink: Sink): void {
    const facts = factsOf(this.#agent, key, session ?? {});
    const newest = this.#newestOf(store, key);
    const title = facts.title ?? this.#firstPrompt(store, key);
    const atMs = newest === null ? null : lastTimeOf(newest);
    sink.session({
      ...facts,
      ...(title !== undefined && { title }),
      ...(atMs !== null && { atMs }),
      ...(newest !== null && { isTurnOpen: nameOf(newest, 'role') === 'user' || isTurnOpen(newest) }),
    });
  }

  #newestOf({ newest }: Store, key: string): LogRecord | null {
    const message = this.#database.rows(newest, key)[0]?.message;
    return typeof message === 'string' ? parseRecord(message) : null;
  }

  #firstPrompt({ firstPrompt }: Store, key: string) {
    return firstPrompt === null ? undefined : promptTitle(this.#database.rows(firstPrompt, key)[0]?.text);
  }

  #tellRest(key: string, session: SessionRow | null, sink: Sink): void {
    const rest = session === null || !hasOwnSums(session) ? null : restOf(this.#agent, key, session);
    if (rest !== null) sink.receipt(rest);
  }

  /**
   * Where no message of a session has tokens, its own sums are all that there is. While a message is being written the
   * sums may be ahead of it.
   */
  #tellTotal(store: Store, key: string, session: SessionRow | null, sink: Sink): void {
    if (session === null || hasOwnSums(session)) return;
    const newest = this.#newestOf(store, key);
    if (newest === null || isUnfinished(newest)) return;
    if (this.#database.rows(store.anyTokens, key).length > 0) return;
    const total = totalOf(this.#agent, key, session, lastTimeOf(newest));
    if (total !== null) sink.receipt(total);
  }
}

function lastTimeOf(message: LogRecord): number | null {
  const { completedMs, createdMs } = timesOf({ data: message });
  return completedMs ?? createdMs;
}

function dataOf({ values }: WalkedRow): LogRecord | null {
  const message = fieldOf(values, 'message');
  return typeof message === 'string' ? parseRecord(message) : isRecord(message) ? message : null;
}
