/**
 * What a hook costs an agent while the accountant judges each time, with a ledger of a million receipts and five budgets:
 * at each round the session has one new response, so that it is read, priced, stored and held against all of them.
 */

import { appendFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseBudgets } from '../../src/budgets/parseBudgets.ts';
import { guardFolderIn } from '../../src/guard/guardFolder.ts';
import { writeGuardSettings } from '../../src/guard/guardSettings.ts';
import { refreshPrograms } from '../../src/guard/programs.ts';
import { Database } from '../../src/ledger/database.ts';
import { storeBudgets } from '../../src/oversight/budgetsInForce.ts';
import { loadSqlite } from '../../src/storage/sqlite.ts';
import { withTemporaryFolder } from '../harness/isolation.ts';
import { root } from '../harness/layout.ts';
import { oneReply } from './appendOneReply.ts';
import { compare, type Figure, type Part } from './figure.ts';
import { timeOf } from './guardLauncher.ts';
import { ledgerOnce } from './millionReceipts.ts';

const rounds = 30;
const session = '00000000-0000-4000-a000-000000000000';

const budgets = [
  { per: 'session', limit: 1_000_000 },
  { per: 'day', limit: 1_000_000 },
  { per: 'month', limit: 1_000_000, unit: 'paid' },
  { per: '5h', limit: 1_000_000_000_000, unit: 'tokens' },
  { per: 'week', limit: 1_000_000, project: '/home/ann/project-3' },
];

const settings = {
  logFolders: {},
  accounts: {},
  calendar: { timeZone: 'Europe/Berlin', weekStart: 1 },
  ownUserFolder: null,
};

export const guardAccountant: Part = {
  name: 'guard-accountant',
  run: () => withTemporaryFolder(runIn),
};

async function runIn(folder: string): Promise<Figure[]> {
  const [home, data] = [join(folder, 'home'), join(folder, 'data')];
  const transcript = join(home, '.claude', 'projects', 'p', `${session}.jsonl`);
  mkdirSync(join(transcript, '..'), { recursive: true });
  writeFileSync(transcript, '');
  await makeLedger(data);
  const distFolder = join(root, 'dist');
  refreshPrograms(data, { distFolder, version: '0.0.0', runtime: process.execPath });
  writeGuardSettings(guardFolderIn(data), settings);
  const input = JSON.stringify({ session_id: session, transcript_path: transcript, tool_name: 'Bash' });
  const launcher = join(data, 'guard', 'launch');
  const environment = { PATH: process.env.PATH ?? '', HOME: home };
  const ours: number[] = [];
  const peers: Record<string, number[]> = { 'node -e 0': [], 'sh -c true': [] };
  for (let round = -1; round < rounds; round++) {
    appendFileSync(transcript, `${oneReply(round + 1)}\n`);
    const ms = await timeOf(launcher, ['claude-code', 'PostToolBatch'], input, environment);
    if (round < 0) continue;
    ours.push(ms);
    peers['node -e 0']?.push(await timeOf(process.execPath, ['-e', '0'], ''));
    peers['sh -c true']?.push(await timeOf('sh', ['-c', 'true'], ''));
  }
  requireRead(data);
  return compare(guardAccountant.name, 'ms', ours, peers);
}

async function makeLedger(data: string): Promise<void> {
  mkdirSync(data);
  cpSync(await ledgerOnce(), join(data, 'ledger.db'));
  const db = openLedger(data);
  const parsed = parseBudgets(budgets, { project: null, homeFolder: '/home/ann' });
  if (parsed.budgets.length !== budgets.length) throw new Error('a budget of the benchmark is wrong');
  storeBudgets(db, 'bench', parsed.budgets, Date.now());
  db.close();
}

/** A guard that fails is quick: its figure would say nothing. */
function requireRead(data: string): void {
  const db = openLedger(data);
  const sql = `SELECT count(*) AS count FROM counted JOIN session ON session.id = counted.session WHERE key = ?`;
  const read = db.get<{ count: number }>(sql, session)?.count;
  db.close();
  if (read !== rounds + 1) throw new Error(`${read} of ${rounds + 1} responses were read`);
}

function openLedger(data: string): Database {
  const sqlite = loadSqlite();
  if ('missing' in sqlite) throw new Error(`no SQLite: ${sqlite.missing}`);
  return new Database(sqlite, join(data, 'ledger.db'));
}
