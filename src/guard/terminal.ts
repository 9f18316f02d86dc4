/** The commands for people, which no stopped agent can keep from: `launch status`, `doctor`, `release`, `stop`. */

import type { Machine } from '../agents/reader.ts';
import { type AgentId, agentNames } from '../domain/agent.ts';
import type { SessionKey, Standing } from '../domain/budget.ts';
import type { Database } from '../ledger/database.ts';
import { rootsActiveSince } from '../ledger/roots.ts';
import type { Around } from '../oversight/around.ts';
import { loadBudgets } from '../oversight/budgetsInForce.ts';
import { standingsOf } from '../oversight/standings.ts';
import { release, stopSession, stopsThatDidNotHold } from '../oversight/stops.ts';
import type { Sqlite } from '../storage/sqlite.ts';
import { systemCalendar } from '../workers/systemCalendar.ts';
import { examine } from './doctor.ts';
import { reportLines } from './doctorWords.ts';
import { guardFolderIn } from './guardFolder.ts';
import { openGuardLedger } from './guardLedger.ts';
import { readGuardSettings } from './guardSettings.ts';
import { plain, spentOf } from './sentences.ts';
import { clearFlags } from './writeFlags.ts';

const terminalCommands = ['status', 'doctor', 'release', 'stop'] as const;

export type TerminalCommand = (typeof terminalCommands)[number];

export function isTerminalCommand(name: string): name is TerminalCommand {
  return terminalCommands.some((command) => command === name);
}

export interface TerminalParts {
  readonly command: TerminalCommand;
  readonly args: readonly string[];
  readonly sqlite: Sqlite;
  readonly dataFolder: string;
  readonly machine: Machine;
  write(text: string): void;
}

/** What to end with where nothing came of it: 1 and 2 mean something else to the launcher. */
const failed = 3;

/** Returns the code to end with. */
export async function runTerminal(parts: TerminalParts): Promise<number> {
  if (parts.command === 'doctor') return tellDoctor(parts);
  const opened = openGuardLedger(parts.sqlite, parts.dataFolder);
  if ('kind' in opened) return refuse(`the ledger cannot be used: ${opened.detail || opened.kind}`, parts);
  try {
    return run(opened, parts);
  } catch (error) {
    return refuse(`the ledger cannot be used now: ${String(error)}`, parts);
  } finally {
    opened.close();
  }
}

function run(db: Database, parts: TerminalParts): number {
  switch (parts.command) {
    case 'release':
      return letGoOn(db, parts);
    case 'stop':
      return stop(db, parts);
    default:
      return tellStatus(db, parts);
  }
}

const recentMs = 24 * 3_600_000;

function tellStatus(db: Database, { dataFolder, write }: TerminalParts): number {
  const around = aroundNow(dataFolder);
  const standings = standingsOf(
    db,
    loadBudgets(db),
    around,
    rootsActiveSince(db, around.nowMs - recentMs),
  ).filter(({ session, spent }) => session === null || spent > 0n);
  if (standings.length === 0) write('Token Burn: no budget is in force.\n');
  for (const standing of standings) write(`${standingLine(standing)}\n`);
  for (const { session, calls } of stopsThatDidNotHold(db)) {
    write(`${sessionWords(session)}: a stop did not hold, ${calls} responses since\n`);
  }
  return 0;
}

const levelWords = { within: 'ok', near: 'near', wrapUp: 'concluding', over: 'OVER' } as const;

function standingLine(standing: Standing): string {
  const { session, level, budget } = standing;
  const whose = session === null ? '' : `${sessionWords(session)}: `;
  const state = budget.isPaused ? 'paused' : levelWords[level];
  return `[${state}] ${whose}${spentOf(standing)}`;
}

async function tellDoctor({ write, ...parts }: TerminalParts): Promise<number> {
  const nowMs = Date.now();
  const report = await examine({ ...parts, nowMs, isThorough: true });
  for (const line of reportLines(report, nowMs)) write(`${line}\n`);
  return report.agents.some(({ problems }) => problems.length > 0) ? failed : 0;
}

function letGoOn(db: Database, parts: TerminalParts): number {
  const { dataFolder, write } = parts;
  const [named] = parts.args;
  const session = named === undefined ? null : findSession(db, named);
  if (typeof session === 'string') return refuse(session, parts);
  const count = release(db, session, null, aroundNow(dataFolder));
  clearFlags(guardFolderIn(dataFolder));
  write(count === 0 ? 'Token Burn: nothing was stopped.\n' : 'Token Burn: released. The agent may go on.\n');
  return 0;
}

function stop(db: Database, parts: TerminalParts): number {
  const { dataFolder, write } = parts;
  const [named] = parts.args;
  if (named === undefined) return refuse('which session? Name its id.', parts);
  const session = findSession(db, named);
  if (typeof session === 'string') return refuse(session, parts);
  stopSession(db, session, Date.now());
  clearFlags(guardFolderIn(dataFolder));
  write(`Token Burn: ${sessionWords(session)} is stopped with its next step, where its agent has a guard.\n`);
  return 0;
}

function refuse(why: string, { write }: TerminalParts): number {
  write(`Token Burn: ${plain(why)}\n`);
  return failed;
}

/** By its id, or how that of one that is no sub-agent begins. Returns why none is meant. */
function findSession(db: Database, named: string): SessionKey | string {
  const sql = `
    SELECT agent, key FROM session
    WHERE key = ? OR (parent IS NULL AND substr(key, 1, length(?)) = ?) ORDER BY key LIMIT 3`;
  const found = db.all<{ agent: AgentId; key: string }>(sql, named, named, named);
  const [exact] = found.filter(({ key }) => key === named);
  const session = exact ?? (found.length === 1 ? found[0] : undefined);
  if (session !== undefined) return session;
  return found.length === 0 ? `no session is called ${named}` : `several sessions begin with ${named}`;
}

function aroundNow(dataFolder: string): Around {
  const { accounts, calendar } = readGuardSettings(guardFolderIn(dataFolder));
  return { nowMs: Date.now(), calendar: calendar ?? systemCalendar(), accounts };
}

function sessionWords({ agent, key }: SessionKey): string {
  return `${agentNames[agent]} ${plain(key)}`;
}
