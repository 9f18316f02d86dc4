/**
 * The program that the launcher runs: `accountant.js AGENT EVENT` with what the agent wrote to its hook as input, or
 * `accountant.js COMMAND …` for people. It lies in the guard's folder, by which it knows the ledger; the editor names the
 * ledger's folder, `accountant.js examine FOLDER` or `accountant.js process FOLDER AGENT SESSION [ID]`, and runs its own
 * copy. With an ID that process is interrupted.
 */

import { writeSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { performance } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';
import type { Machine } from '../agents/reader.ts';
import { agentIds } from '../domain/agent.ts';
import { loadSqlite, type Sqlite } from '../storage/sqlite.ts';
import { systemCalendar } from '../workers/systemCalendar.ts';
import { type AccountantParts, answerHook } from './accountant.ts';
import { type AgentGuard, type HookAnswer, silent } from './agents/agentGuard.ts';
import { agentGuards } from './agents/agentGuards.ts';
import { examine } from './doctor.ts';
import { leaveFault } from './faults.ts';
import { readHookInput } from './hookInput.ts';
import { systemProcesses } from './processTable.ts';
import { isQuiet } from './quiet.ts';
import { interruptSession, processOf } from './reach.ts';
import { readInOwnThread, readInThread } from './readingThread.ts';
import { isTerminalCommand, runTerminal } from './terminal.ts';

/** The launcher tries the next runtime. */
const cannotRun = 1;
/** How long an agent may take to write its input, and reading of logs may take. */
const inputMs = 1_000;
const readingMs = 1_000;
/** After which the agent goes on, whatever is still being done. */
const patienceMs = 4_000;

const [, program = '', name = '', event = '', ...rest] = process.argv;
const folder = dirname(program);
const dataFolder = dirname(folder);
const machine: Machine = {
  platform: process.platform,
  homeFolder: homedir(),
  environment: process.env,
};

if (isMainThread) void main().then((code) => process.exit(code));
else void readAside();

async function main(): Promise<number> {
  const sqlite = loadSqlite();
  if ('missing' in sqlite) return cannotRun;
  if (name === 'examine') return tellEditor(sqlite, event);
  if (name === 'process') return reachForEditor(sqlite, event);
  if (!isTerminalCommand(name)) return end(await answer(sqlite));
  const args = [event, ...rest].filter((arg) => arg !== '');
  return runTerminal({ command: name, args, sqlite, dataFolder, machine, write: (text) => print(text, 1) });
}

/** Started by this program itself, see `readingThread.ts`. */
async function readAside(): Promise<void> {
  const sqlite = loadSqlite();
  if (!('missing' in sqlite)) await readInThread(sqlite, machine);
}

/** @param ledgerFolder where the ledger is that the guard judges by */
async function tellEditor(sqlite: Sqlite, ledgerFolder: string): Promise<number> {
  const parts = { sqlite, dataFolder: ledgerFolder, machine, nowMs: Date.now(), isThorough: true };
  print(JSON.stringify(await examine(parts)), 1);
  return 0;
}

/** @param ledgerFolder as in {@link tellEditor} */
function reachForEditor(sqlite: Sqlite, ledgerFolder: string): number {
  const [named, key = '', id] = rest;
  const agent = agentIds.find((each) => each === named);
  if (agent === undefined) return cannotRun;
  const parts = { sqlite, dataFolder: ledgerFolder, processes: systemProcesses, nowMs: Date.now() };
  const session = { agent, key };
  const result = id === undefined ? processOf(session, parts) : interruptSession(session, Number(id), parts);
  print(JSON.stringify(result), 1);
  return 0;
}

async function answer(sqlite: Sqlite): Promise<HookAnswer> {
  const guard = agentGuards.find(({ id }) => id === name) ?? null;
  const input = await readHookInput(process.stdin, inputMs, process.env.TOKEN_BURN_HEAD);
  if (guard === null) return silent;
  const late = new Promise<HookAnswer>((resolve) => setTimeout(() => resolve(silent), patienceMs));
  try {
    return await Promise.race([answerHook(event, input, partsFor(guard, sqlite)), late]);
  } catch (error) {
    leaveFault(folder, guard.id, 'failed', error instanceof Error ? error.message : String(error));
    return silent;
  }
}

function partsFor(guard: AgentGuard, sqlite: Sqlite): AccountantParts {
  return {
    sqlite,
    dataFolder,
    machine,
    guard,
    processes: systemProcesses,
    parentId: process.ppid,
    calendar: systemCalendar,
    now: Date.now,
    isQuiet: (session) => isQuiet(folder, session, Date.now()),
    elapsed: () => performance.now(),
    readingMs,
    readAside: (asked) => readInOwnThread(program, { asked, dataFolder }),
  };
}

function end({ stdout, stderr, exitCode }: HookAnswer): number {
  print(stdout, 1);
  print(stderr, 2);
  return exitCode;
}

/** Whoever does not listen any more needs no answer. */
function print(text: string, stream: 1 | 2): void {
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) at += writeSync(stream, bytes, at);
  } catch {
    // Nobody is to be told.
  }
}
