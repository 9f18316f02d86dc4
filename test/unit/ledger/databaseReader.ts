/** A reader of databases that have nothing but responses, for tests of what happens to the files. */

import type { DatabaseFormat, LogDatabase, Reader, Sink } from '../../../src/agents/reader.ts';
import { RowWalk, type WalkedTable, type WalkMemory } from '../../../src/agents/rowWalk.ts';
import { noTokens } from '../../../src/domain/tokens.ts';

export const responseTable =
  'CREATE TABLE response (id TEXT PRIMARY KEY, output INTEGER, updated_ms INTEGER)';

const table: WalkedTable = {
  name: 'response',
  idColumn: 'id',
  updatedColumn: 'updated_ms',
  wanted: { output: 'output' },
};

/** @param onRows is told how many rows each question gave */
export function databaseReader(onRows: (rows: number) => void = () => {}): Reader {
  const format: DatabaseFormat = {
    kind: 'database',
    open(_log, database, saved) {
      const hasTable = database.columns('response').has('id');
      const memory = saved as unknown as WalkMemory | undefined;
      const walk = hasTable ? new RowWalk(counting(database, onRows), table, memory) : null;
      return {
        readSlice(sink) {
          const rows = walk?.next() ?? [];
          for (const { id, values } of rows) tell(sink, id, Number(values.output));
          return rows.length > 0;
        },
        save: () => JSON.parse(JSON.stringify(walk?.save() ?? null)),
      };
    },
  };
  return {
    agent: 'opencode',
    version: 1,
    roots: () => [],
    formatOf: (path) => (path.endsWith('.db') ? format : null),
  };
}

function counting(database: LogDatabase, onRows: (rows: number) => void): LogDatabase {
  return {
    columns: (name) => database.columns(name),
    rows(sql, ...values) {
      const rows = database.rows(sql, ...values);
      onRows(rows.length);
      return rows;
    },
  };
}

function tell(sink: Sink, response: string, output: number): void {
  sink.receipt({
    agent: 'opencode',
    id: { response, request: '' },
    sessionKey: 's',
    claim: 'own',
    atMs: 1_700_000_000_000,
    model: 'm',
    tokens: { ...noTokens, output },
    webSearches: 0,
    terms: {},
    circumstances: {},
    reportedCost: null,
    quality: 'exact',
  });
}
