import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { attributesSql, spanTable } from '../../../src/agents/copilotChat/spanStoreParser.ts';
import { outputsSql, usageSql } from '../../../src/agents/copilotCli/usageStoreParser.ts';
import { partsSql, version1 } from '../../../src/agents/opencode/version1.ts';
import { callsSql, version2 } from '../../../src/agents/opencode/version2.ts';
import { isListed, walkSql } from '../../../src/agents/rowWalk.ts';
import { toLogDatabase } from '../../contract/memoryDatabase.ts';
import { tables as spanTables, tables2 as spanTables2 } from '../../fixtures/copilot-chat/spanRecords.ts';
import { tables as copilotTables } from '../../fixtures/copilot-cli/records.ts';
import { tables as opencodeTables } from '../../fixtures/opencode/records.ts';

const indexesOfVersion2 = [
  'CREATE UNIQUE INDEX session_message_session_seq_idx ON session_message (session_id, seq)',
  'CREATE INDEX session_message_session_type_seq_idx ON session_message (session_id, type, seq)',
];

/** Steps of a plan that go through a whole table of the store. */
function scans(statements: readonly string[], question: string): readonly string[] {
  const database = new DatabaseSync(':memory:');
  for (const statement of statements) database.exec(statement);
  const steps = database
    .prepare(`EXPLAIN QUERY PLAN ${question}`)
    .all()
    .map(({ detail }) => String(detail));
  database.close();
  assert.ok(steps.length > 0);
  return steps.filter((step) =>
    /^SCAN (?:message|part|session|session_message|assistant_usage_events|spans|span_attributes)\b/.test(
      step,
    ),
  );
}

function storesOf(statements: readonly string[]) {
  const database = new DatabaseSync(':memory:');
  for (const statement of statements) database.exec(statement);
  const stores = [version1, version2].map((open) => open(toLogDatabase(database)));
  database.close();
  return stores.flatMap((store) => store ?? []);
}

describe('questions to the databases of agents', () => {
  const statements = [...opencodeTables, ...indexesOfVersion2];

  it('find a whole table read, where one is', () => {
    assert.deepEqual(scans(statements, 'SELECT id FROM message WHERE data = 7'), ['SCAN message']);
  });

  it('go by indexes in the store of OpenCode', () => {
    const stores = storesOf(statements);
    assert.equal(stores.length, 2);
    const questions = stores.flatMap(({ table, newest, anyTokens, firstPrompt }) => [
      ...['rowid > ?', isListed].map((which) => walkSql(table, which)),
      newest,
      anyTokens,
      firstPrompt ?? '',
    ]);
    for (const question of [...questions, partsSql, callsSql])
      assert.deepEqual(scans(statements, question), [], question);
  });

  it('go by indexes in the store of Copilot CLI', () => {
    const columns = new Set(['id', 'session_id', 'output_tokens']);
    for (const question of [usageSql(columns), outputsSql])
      assert.deepEqual(scans(copilotTables, question), []);
  });

  it('go by indexes in the spans of Copilot Chat', () => {
    for (const tables of [spanTables, spanTables2]) {
      const database = new DatabaseSync(':memory:');
      for (const statement of tables) database.exec(statement);
      const table = spanTable(toLogDatabase(database).columns('spans'));
      database.close();
      assert.ok(table !== null);
      for (const question of [walkSql(table, 'rowid > ?'), walkSql(table, isListed), attributesSql])
        assert.deepEqual(scans(tables, question), [], question);
    }
  });
});
