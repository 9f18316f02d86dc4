import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SQLInputValue } from 'node:sqlite';
import type { Database } from '../../../src/ledger/database.ts';
import { root } from '../../harness/layout.ts';
import type { FakeLine } from './fakeReader.ts';
import { World } from './world.ts';

/** What has every rule for sums asked, and for replays, delegated turns, told requests, copies and what programs answer. */
const lines: readonly FakeLine[] = [
  { id: 'first', session: 'work', at: 10 },
  { id: 'first', session: 'side', at: 10, claim: 'sideChain', request: 'again' },
  { id: 'dropped', session: 'work', at: 20, dropped: { afterMs: 0, untilMs: 20, kept: [] } },
  {
    id: 'whole',
    session: 'work',
    at: 25,
    dropped: { afterMs: 0, untilMs: 25, kept: [], withSubAgents: true },
  },
  { id: 'turn', session: 'work', at: 30, tokens: { cacheRead: null }, circumstances: { turnStartedMs: 5 } },
  { agent: 'openclaw', id: 'called', session: 'chat', at: 40, claim: 'delegated' },
  { id: 'request again', session: 'work', at: 50, claim: 'telemetry', request: 'again' },
  { agent: 'openclaw', session: 'chat', facts: { delegate: { agent: 'claude-code', key: 'work' } } },
  { agent: 'cline', id: 'asked', session: 'task', at: 60, circumstances: { provider: 'claude-code' } },
  { agent: 'roo-code', id: 'original', session: 'taken over', at: 70 },
  { agent: 'zoo-code', id: 'copy', session: 'taken over', at: 70 },
  {
    agent: 'zoo-code',
    id: 'copied sum',
    session: 'taken over',
    at: 80,
    dropped: { afterMs: 0, untilMs: 80, kept: [] },
  },
];

describe('what is asked while receipts are stored', () => {
  let world: World;

  beforeEach(() => {
    world = new World();
  });
  afterEach(() => world.dispose());

  it('goes through no table of receipts', async () => {
    const db = world.open();
    const asked = noteQuestions(db);
    await world.read(
      db,
      lines.map((line) => ({ quality: 'sessionTotal', ...line })),
    );
    await world.read(db, lines);
    const settling = [...asked].filter(([sql]) => /\b(?:receipt|stated)\b/.test(sql));
    assert.ok(settling.length > 10);
    const scans = settling.flatMap(([sql, values]) => {
      const steps = db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...values);
      return steps.filter(({ detail }) =>
        /^SCAN (?:receipt|counting|stated|came|told)\b(?!.* receipt_of_telemetry)/.test(detail),
      );
    });
    assert.deepEqual(scans, []);
  });

  it('names no value by a number, which the oldest Node that is used binds nothing to', async () => {
    const folder = join(root, 'src', 'ledger');
    const files = (await readdir(folder)).map((name) => join(folder, name));
    const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    assert.ok(texts.some((text) => text.includes('SELECT')));
    assert.deepEqual(
      files.filter((_, index) => /\?\d/.test((texts[index] ?? '').replaceAll(/`\?\d`/g, ''))),
      [],
    );
  });
});

/** The questions that are asked of a ledger from now on, each with what was bound to it last. */
function noteQuestions(db: Database): ReadonlyMap<string, readonly SQLInputValue[]> {
  const asked = new Map<string, readonly SQLInputValue[]>();
  const { all, get } = db;
  db.all = <Row>(sql: string, ...values: SQLInputValue[]): Row[] => {
    asked.set(sql, values);
    return all.call(db, sql, ...values) as Row[];
  };
  db.get = <Row>(sql: string, ...values: SQLInputValue[]): Row | undefined => {
    asked.set(sql, values);
    return get.call(db, sql, ...values) as Row | undefined;
  };
  return asked;
}
