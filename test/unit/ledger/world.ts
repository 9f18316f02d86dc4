/** A temporary folder with logs and a ledger in it. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Reader } from '../../../src/agents/reader.ts';
import { type Pico, pico } from '../../../src/domain/money.ts';
import { Database } from '../../../src/ledger/database.ts';
import { resolveRoots } from '../../../src/ledger/discover.ts';
import { newBlock } from '../../../src/ledger/newBlock.ts';
import type { Pricing } from '../../../src/ledger/pricing.ts';
import { Scanner } from '../../../src/ledger/scanner.ts';
import { loadSqlite, type Sqlite } from '../../../src/storage/sqlite.ts';
import { type FakeLine, fakeReader, toLog } from './fakeReader.ts';

export function sqlite(): Sqlite {
  const loaded = loadSqlite();
  if ('missing' in loaded) throw new Error(loaded.missing);
  return loaded;
}

/** One pico-dollar an output token, and no price for the model `unknown`. */
export const onePicoEach: Pricing = {
  catalogue: 'one pico each',
  version: 'one pico each',
  ownPriceOf: () => null,
  price: ({ model, tokens }): Pico | null => (model === 'unknown' ? null : pico(tokens.output ?? 0)),
};

export class World {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'token-burn-')));
  readonly logs = join(this.folder, 'logs');
  readonly data = join(this.folder, 'data');
  readonly #open: Database[] = [];
  #read = 0;

  constructor() {
    mkdirSync(this.logs);
    mkdirSync(this.data);
  }

  /** Writes a log; `bornMs` makes it as old as that. Returns its path. */
  write(path: string, content: string | Uint8Array, bornMs?: number): string {
    const file = join(this.logs, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    if (bornMs !== undefined) utimesSync(file, bornMs / 1000, bornMs / 1000);
    return file;
  }

  open(path = ':memory:'): Database {
    const db = new Database(sqlite(), path);
    this.#open.push(db);
    return db;
  }

  async scanner(db: Database, reader: Reader = fakeReader(), pricing = onePicoEach): Promise<Scanner> {
    const roots = await resolveRoots([{ reader, path: this.logs }]);
    return new Scanner({
      sqlite: sqlite(),
      db,
      roots,
      pricing,
      listener: { onStored() {}, onProgress() {} },
      // Logs are small here, and are to be read as large ones are.
      block: newBlock({ isEager: true }),
    });
  }

  async scan(db: Database, reader?: Reader, pricing?: Pricing): Promise<void> {
    await (await this.scanner(db, reader, pricing)).scanAll();
  }

  /** Reads lines of the small format, from a log of their own. Returns the output of each session by then. */
  async read(db: Database, lines: readonly FakeLine[]): Promise<Record<string, number>> {
    this.write(`lines-${this.#read++}.log`, toLog(...lines));
    await this.scan(db);
    return outputBySession(db);
  }

  /** Closes what was opened. */
  close(): void {
    for (const db of this.#open.splice(0)) db.close();
  }

  dispose(): void {
    this.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Everything that the ledger knows, in an order and with names that do not depend on how it came to know it. */
export function dump(db: Database): ReturnType<typeof rowsOf> {
  return JSON.parse(JSON.stringify(rowsOf(db)).replaceAll(temporaryFolder, ''));
}

/** Some agents work where their logs lie: what is dumped of two worlds is the same but for their folders. */
const temporaryFolder = /[^"\\]*token-burn-[A-Za-z0-9]{6}/g;

function rowsOf(db: Database) {
  return {
    receipts: db.all(`
      SELECT CAST(response AS TEXT) AS response, CAST(request AS TEXT) AS request, session.key AS session, claim,
        born_ms, superseded, at_ms, model.name AS model, uncached_input, cache_read, cache_write_5m, cache_write_1h,
        cache_write_unknown, output, reasoning, web_searches, quality, reported_pico, cost_pico, terms.json AS terms,
        circumstance.json AS circumstance, duration_ms, turn, context_tokens, turn_started_ms
      FROM receipt JOIN session ON session.id = receipt.session JOIN model ON model.id = receipt.model
      LEFT JOIN terms ON terms.id = receipt.terms LEFT JOIN circumstance ON circumstance.id = receipt.circumstance
      ORDER BY response, request`),
    toolCalls: db.all(`
      SELECT CAST(response AS TEXT) AS response, CAST(call AS TEXT) AS call, tool.name AS tool,
        CAST(input AS TEXT) AS input, result_bytes, is_failed
      FROM tool_call LEFT JOIN tool ON tool.id = tool_call.tool ORDER BY response, call`),
    planReadings: db.all(`
      SELECT * FROM plan_reading ORDER BY agent, plan, window, window_minutes, resets_ms, used_percent`),
    // A name that one statement gave and a better one took back again has nothing, and shows nowhere.
    sessions: db.all(`
      SELECT child.agent, child.key, parent.key AS parent, child.started_ms, child.last_ms FROM session child
      LEFT JOIN session parent ON parent.id = child.parent
      WHERE child.last_ms IS NOT NULL OR EXISTS (SELECT 1 FROM fact WHERE fact.session = child.id)
        OR EXISTS (SELECT 1 FROM receipt WHERE receipt.session = child.id)
        OR EXISTS (SELECT 1 FROM session below WHERE below.parent = child.id)
        OR EXISTS (SELECT 1 FROM delegation WHERE delegate = child.id)
      ORDER BY child.agent, child.key`),
    facts: db.all(`
      SELECT agent, key, field, value FROM fact JOIN session ON session.id = fact.session ORDER BY agent, key, field`),
    delegations: db.all(`
      SELECT caller.key, delegate.agent, delegate.key AS delegate FROM delegation
      JOIN session caller ON caller.id = delegation.session
      JOIN session delegate ON delegate.id = delegation.delegate ORDER BY caller.agent, caller.key, 2, 3`),
    refusals: db.all(`
      SELECT substr(path, length(root) + 2) AS path, reason, count FROM refusal
      JOIN source ON source.id = refusal.source ORDER BY path, reason, count`),
  };
}

/** Has each later change of a receipt noted. The function that is returned gives the receipts that were changed, by their ids. */
export function writesOf(db: Database): () => readonly number[] {
  db.run('CREATE TEMP TABLE written (id INTEGER NOT NULL)');
  db.run(
    'CREATE TEMP TRIGGER noted AFTER UPDATE ON main.receipt BEGIN INSERT INTO written VALUES (new.id); END',
  );
  return () => db.all<{ id: number }>('SELECT id FROM temp.written').map(({ id }) => id);
}

/** Output tokens credited to each session, by the receipts that count. */
export function outputBySession(db: Database): Record<string, number> {
  const rows = db.all<{ key: string; output: number }>(`
    SELECT key, sum(output) AS output FROM counted JOIN session ON session.id = counted.session
    GROUP BY key ORDER BY key`);
  return Object.fromEntries(rows.map(({ key, output }) => [key, output]));
}
