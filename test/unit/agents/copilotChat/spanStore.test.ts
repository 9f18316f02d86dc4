import assert from 'node:assert/strict';
import type { DatabaseSync } from 'node:sqlite';
import { copilotChatReader } from '../../../../src/agents/copilotChat/copilotChatReader.ts';
import { SpanStoreParser } from '../../../../src/agents/copilotChat/spanStoreParser.ts';
import type { JsonValue } from '../../../../src/agents/reader.ts';
import { makeDatabase, runStatement } from '../../../contract/fixtureFile.ts';
import { toLogDatabase } from '../../../contract/memoryDatabase.ts';
import { Reading, readDatabase } from '../../../contract/reading.ts';
import { call, tables } from '../../../fixtures/copilot-chat/spanRecords.ts';

const chat = { chat_session_id: 's1' };

function callAt(second: number, output: number): string {
  const time = (seconds: number) => `10:00:${String(seconds).padStart(2, '0')}`;
  return call(`span-${second}`, [time(second), time(second + 1)], [100, output, 0], chat);
}

describe('the spans of Copilot Chat', () => {
  let database: DatabaseSync;
  let reading: Reading;
  let saved: JsonValue | undefined;

  beforeEach(() => {
    database = makeDatabase(':memory:', { statements: tables });
    reading = new Reading();
    saved = undefined;
  });
  afterEach(() => database.close());

  function write(...statements: readonly string[]): void {
    for (const statement of statements) runStatement(database, statement);
  }

  function readOn(): readonly (number | null)[] {
    const parser = new SpanStoreParser(toLogDatabase(database), saved);
    readDatabase(parser, reading.sinkOf(0));
    saved = JSON.parse(JSON.stringify(parser.save())) as JsonValue;
    return reading.standing().map(({ tokens }) => tokens.output);
  }

  it('stay spent when they are forgotten, also where their numbers are given away again', () => {
    write(callAt(1, 1), callAt(2, 2));
    assert.deepEqual(readOn(), [1, 2]);
    write('DELETE FROM spans', callAt(3, 4));
    assert.deepEqual(readOn(), [1, 2, 4]);
    write('DELETE FROM spans', callAt(4, 8), callAt(5, 16), callAt(6, 32));
    assert.deepEqual(readOn(), [1, 2, 4, 8, 16, 32]);
  });

  it('are known again when they are copied to a table with other numbers', () => {
    write(callAt(1, 1), callAt(2, 2), "DELETE FROM spans WHERE span_id = 'span-1'", callAt(3, 4));
    readOn();
    write(
      'CREATE TABLE moved AS SELECT * FROM spans',
      'DELETE FROM spans',
      'INSERT INTO spans SELECT * FROM moved',
      callAt(4, 8),
    );
    assert.deepEqual(readOn(), [2, 4, 8]);
  });

  it('are looked for again where there was no table of them yet', () => {
    write('DROP TABLE spans');
    assert.deepEqual(readOn(), []);
    write(...tables, callAt(1, 1));
    assert.deepEqual(readOn(), [1]);
  });

  it('are in one file of the folder, whose others are no business of the reader', () => {
    assert.equal(copilotChatReader.formatOf('agent-traces.db')?.kind, 'database');
    assert.equal(copilotChatReader.formatOf('github.copilot-chat/agent-traces.db')?.kind, 'database');
    for (const path of ['session-store.db', 'agent-traces.db-wal', 'x/agent-traces.db']) {
      assert.equal(copilotChatReader.formatOf(path), null, path);
    }
  });
});
