import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { zstdCompressSync } from 'node:zlib';
import { agentDatabase } from '../../../../src/agents/openclaw/agentDatabase.ts';
import type { JsonValue } from '../../../../src/agents/reader.ts';
import { toLogDatabase } from '../../../contract/memoryDatabase.ts';
import { Reading } from '../../../contract/reading.ts';
import { header, reply, responseId, usage } from '../../../fixtures/pi/records.ts';

describe('the database of an agent of OpenClaw', () => {
  let database: DatabaseSync;
  let reading: Reading;
  let saved: JsonValue | undefined;

  beforeEach(() => {
    database = new DatabaseSync(':memory:');
    database.exec(`
      CREATE TABLE transcript_events (session_id TEXT NOT NULL, seq INTEGER NOT NULL, event_json TEXT,
        created_at INTEGER NOT NULL, PRIMARY KEY (session_id, seq)) STRICT`);
    reading = new Reading();
    saved = undefined;
  });
  afterEach(() => database.close());

  function add(seq: number, event: object): void {
    const insert = 'INSERT INTO transcript_events VALUES (?, ?, ?, ?)';
    database.prepare(insert).run('chat', seq, JSON.stringify(event), seq);
  }

  function read(): number {
    const log = { relativePath: 'main/agent/openclaw-agent.sqlite' };
    const parser = agentDatabase.open(log, toLogDatabase(database), saved);
    while (parser.readSlice(reading.sinkOf(0)));
    saved = JSON.parse(JSON.stringify(parser.save()));
    return reading.standing().length;
  }

  it('is read on from the last event, and in slices', () => {
    add(0, header('10:00:00.000', 'chat'));
    for (let seq = 1; seq <= 1_200; seq++) {
      add(seq, reply('10:00:01.000', `e${seq}`, usage(seq, 1), responseId(String(seq))));
    }
    assert.equal(read(), 1_200);
    add(1_201, reply('10:00:02.000', 'last', usage(5, 1), responseId('last')));
    assert.equal(read(), 1_201);
  });

  it('is read anew when the last events were deleted, whose numbers are given again', () => {
    add(0, header('10:00:00.000', 'chat'));
    add(1, reply('10:00:01.000', 'e1', usage(1, 1), responseId('1')));
    add(2, reply('10:00:02.000', 'e2', usage(2, 1), responseId('2')));
    assert.equal(read(), 2);
    database.exec('DELETE FROM transcript_events WHERE seq > 0');
    add(7, reply('10:00:03.000', 'e3', usage(3, 1), responseId('3')));
    add(8, reply('10:00:04.000', 'e4', usage(4, 1), responseId('4')));
    assert.equal(read(), 4);
  });

  describe('with sessions that were put away', () => {
    beforeEach(() =>
      database.exec(`
        CREATE TABLE session_transcript_archives (session_id TEXT NOT NULL, generation TEXT NOT NULL,
          encoding TEXT NOT NULL, archive_blob BLOB NOT NULL, published_at INTEGER,
          PRIMARY KEY (session_id, generation)) STRICT`),
    );

    function putAway(session: string, bytes: Uint8Array, encoding = 'identity', publishedAt = null): void {
      const insert = 'INSERT INTO session_transcript_archives VALUES (?, ?, ?, ?, ?)';
      database.prepare(insert).run(session, 'g', encoding, bytes, publishedAt);
    }

    const sessionOf = (name: string) =>
      Buffer.from(JSON.stringify(reply('10:00:01.000', name, usage(1, 1), responseId(name))));

    it('reads each once, and those that were put away since', () => {
      putAway('a', sessionOf('1'));
      putAway('b', Buffer.from('{'));
      assert.equal(read(), 1);
      putAway('c', zstdCompressSync(sessionOf('2')), 'zstd');
      assert.equal(read(), 2);
      assert.deepEqual(reading.refused, { malformed: 1 });
    });

    it('reads one that has the number of a row that is gone', () => {
      putAway('a', sessionOf('1'));
      assert.equal(read(), 1);
      database.exec('DELETE FROM session_transcript_archives');
      putAway('b', sessionOf('2'));
      assert.equal(read(), 2);
    });

    it('refuses one that is too large, packed or not', () => {
      putAway('a', new Uint8Array((16 << 20) + 1));
      putAway('b', zstdCompressSync(new Uint8Array((32 << 20) + 1)), 'zstd');
      assert.equal(read(), 0);
      assert.deepEqual(reading.refused, { oversized: 1, unreadable: 1 });
    });
  });

  it('is read with what went into cold storage in it since, but what lies in a file', () => {
    database.exec(`CREATE TABLE session_transcript_cold_archives (session_id TEXT NOT NULL PRIMARY KEY,
      generation TEXT NOT NULL, storage TEXT NOT NULL, archive_blob BLOB)`);
    const store = (session: string, storage: string) => {
      const event_json = JSON.stringify(reply('10:00:01.000', session, usage(1, 1), responseId(session)));
      const bytes = zstdCompressSync(JSON.stringify({ kind: 'event', row: { seq: 0, event_json } }));
      const insert = 'INSERT INTO session_transcript_cold_archives VALUES (?, ?, ?, ?)';
      database.prepare(insert).run(session, 'g', storage, storage === 'file' ? null : bytes);
    };
    store('a', 'sqlite');
    store('b', 'file');
    assert.equal(read(), 1);
    store('c', 'sqlite');
    assert.equal(read(), 2);
    database.exec("DELETE FROM session_transcript_cold_archives WHERE session_id = 'c'");
    store('d', 'sqlite');
    assert.equal(read(), 3);
    assert.deepEqual(reading.refused, {});
  });

  it('without the tables that are known yields nothing', () => {
    database.exec('DROP TABLE transcript_events; CREATE TABLE transcript_events (id INTEGER PRIMARY KEY)');
    assert.equal(read(), 0);
  });
});
