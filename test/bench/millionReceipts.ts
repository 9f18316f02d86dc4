/**
 * A ledger of a million receipts: how fast the view's first rows and totals come, how large it is. Beside them the same
 * totals from the receipts alone, and the size of the receipts as text.
 */

import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { AgentId } from '../../src/domain/agent.ts';
import type { Period } from '../../src/domain/period.ts';
import { totalsByAccount } from '../../src/ledger/accounts.ts';
import { Batch, type Stamp } from '../../src/ledger/batch.ts';
import { Database } from '../../src/ledger/database.ts';
import { sumHours, totalByModel, totalOf } from '../../src/ledger/hourly.ts';
import { newestRoots } from '../../src/ledger/roots.ts';
import { migrations } from '../../src/ledger/schema.ts';
import { sessionTrees } from '../../src/ledger/sessionTrees.ts';
import { storeBatch } from '../../src/ledger/storeBatch.ts';
import { sumsBy } from '../../src/ledger/sums.ts';
import { loadSqlite, type Sqlite } from '../../src/storage/sqlite.ts';
import { installOnce } from '../harness/installOnce.ts';
import { cacheFolder } from '../harness/layout.ts';
import { compare, type Figure, type Part } from './figure.ts';
import { rounds } from './logSet.ts';
import { listPrices } from './prices.ts';
import { type Random, seededRandom } from './random.ts';

/** Raised when the generator changes, so that an older ledger is not taken for the new one. */
const generation = 1;
const sessions = 20_000;
const receiptsEach = 50;
export const endMs = Date.UTC(2026, 10, 1);
const spanMs = 365 * 86_400_000;
const agent: AgentId = 'claude-code';
const models = [
  'claude-sonnet-4-5-20250929',
  'claude-opus-4-5-20251101',
  'claude-haiku-4-5-20251001',
] as const;

export const periods = {
  day: { startMs: endMs - 86_400_000, endMs },
  month: { startMs: endMs - 30 * 86_400_000, endMs },
  all: { startMs: 0, endMs: 4e12 },
} as const satisfies Readonly<Record<string, Period>>;

/** Rows that the view asks for first. */
const firstRows = 200;

export const millionReceipts: Part = {
  name: 'million-receipts',
  async run() {
    const path = await ledgerOnce();
    const db = new Database(requireSqlite(), path);
    try {
      return [...(await sizeFigures(path)), ...rowFigures(db), ...totalFigures(db)];
    } finally {
      db.close();
    }
  },
};

async function sizeFigures(path: string): Promise<Figure[]> {
  const { size } = await stat(path);
  const perReceipt = size / (sessions * receiptsEach);
  const text = JSON.stringify(receiptOf(seededRandom(1), 'a'.repeat(36), 0, endMs));
  return compare('ledger-bytes-a-receipt', 'bytes', [perReceipt], { 'as JSON': [text.length] });
}

function rowFigures(db: Database): Figure[] {
  const rows = () => sessionTrees(db, newestRoots(db, firstRows), endMs);
  const plain = () => db.all('SELECT session, sum(output) FROM receipt GROUP BY session');
  return compare('million-receipts-first-rows', 'ms', timed(rows), { 'one sum a session': timed(plain) });
}

function totalFigures(db: Database): Figure[] {
  return Object.entries(periods).flatMap(([name, { startMs, endMs }]) => {
    const plain = () => sumsBy(db, [], 'WHERE at_ms >= ? AND at_ms < ?', [startMs, endMs]);
    const ours = timed(() => totalOf(db, { startMs, endMs }));
    const peers = { 'the receipts alone': timed(plain) };
    const byModel = timed(() => totalByModel(db, { startMs, endMs }));
    const byAccount = timed(() => totalsByAccount(db, { startMs, endMs }, {}));
    return [
      ...compare(`million-receipts-total-${name}`, 'ms', ours, peers),
      ...compare(`million-receipts-total-${name}-by-model`, 'ms', byModel, peers),
      ...compare(`million-receipts-total-${name}-by-account`, 'ms', byAccount, peers),
    ];
  });
}

export function timed(ask: () => unknown): readonly number[] {
  return Array.from({ length: rounds }, () => {
    const startMs = performance.now();
    ask();
    return performance.now() - startMs;
  });
}

/** Path of the ledger, which is made when it is first needed and must be left as it is. */
export async function ledgerOnce(): Promise<string> {
  const folder = join(cacheFolder, 'bench', `million-${migrations.length}-${generation}`);
  await installOnce(folder, fill);
  return join(folder, 'ledger.db');
}

async function fill(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const db = new Database(requireSqlite(), join(folder, 'ledger.db'));
  const pricing = listPrices();
  const random = seededRandom(7);
  let batch = new Batch();
  for (let session = 0; session < sessions; session++) {
    addSession(batch, random, session);
    if (session % 80 < 79 && session < sessions - 1) continue;
    storeBatch(db, batch, [], pricing);
    batch = new Batch();
  }
  await sumHours(db, () => true);
  db.run('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
}

function addSession(batch: Batch, random: Random, index: number): void {
  const key = keyOf(index);
  const startMs = endMs - spanMs + Math.floor((spanMs * index) / sessions);
  const stamp: Stamp = { reader: 1, bornMs: startMs, atMs: startMs, position: 0 };
  const isSubAgent = index % 3 === 2;
  batch.addFacts(
    {
      agent,
      key,
      title: { text: `Mend the harbour lights, part ${index}`, source: 'prompt' },
      projectPath: `/home/ann/project-${index % 40}`,
      gitBranch: 'main',
      atMs: startMs,
      isTurnOpen: false,
      ...(isSubAgent && { parentKey: keyOf(index - 1) }),
    },
    stamp,
  );
  for (let reply = 0; reply < receiptsEach; reply++) {
    batch.addReceipt(receiptOf(random, key, reply, startMs), stamp);
  }
}

function receiptOf(random: Random, key: string, reply: number, startMs: number) {
  return {
    agent,
    id: { response: `msg_${key}${reply}`, request: `req_${key}${reply}` },
    sessionKey: key,
    claim: 'own',
    atMs: startMs + reply * 20_000,
    model: random.pick(models),
    tokens: {
      uncachedInput: random.whole(1, 50),
      cacheRead: random.whole(0, 150_000),
      cacheWrite5m: random.whole(0, 3_000),
      cacheWrite1h: 0,
      cacheWriteUnknown: 0,
      output: random.whole(1, 1_500),
      reasoning: null,
    },
    webSearches: 0,
    terms: {},
    circumstances: {
      stopReason: random.chance(0.7) ? 'tool_use' : 'end_turn',
      effort: 'high',
      gitBranch: 'main',
      turn: 1 + Math.floor(reply / 10),
    },
    reportedCost: null,
    quality: 'exact',
  } as const;
}

function keyOf(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
}

export function requireSqlite(): Sqlite {
  const sqlite = loadSqlite();
  if ('missing' in sqlite) throw new Error(`no SQLite: ${sqlite.missing}`);
  return sqlite;
}
