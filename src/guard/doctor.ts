/** What can be found out of each agent's guard: whether it is there, whether it is asked, and what it answered. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from '../agents/reader.ts';
import type { AgentId } from '../domain/agent.ts';
import type { Database } from '../ledger/database.ts';
import { type StopThatDidNotHold, stopsThatDidNotHold } from '../oversight/stops.ts';
import type { Sqlite } from '../storage/sqlite.ts';
import type { AgentGuard, Trust } from './agents/agentGuard.ts';
import { agentGuards } from './agents/agentGuards.ts';
import type { Launcher } from './agents/commandLine.ts';
import { type Beat, lastBeatOf } from './beats.ts';
import { type Fault, readFaults } from './faults.ts';
import { guardFiles, guardFolderIn } from './guardFolder.ts';
import { openGuardLedger } from './guardLedger.ts';
import { readGuardSettings } from './guardSettings.ts';
import { readInstalled } from './installed.ts';
import { isOlder, statePrograms } from './programs.ts';
import { type SelfTest, testGuard } from './selfTest.ts';
import { type UnguardedSession, unguardedSessions } from './unguarded.ts';
import { versionOf } from './versions.ts';

/**
 * - `absent`: they were not installed
 * - `changed`: they were, and somebody has taken them away or changed them since
 * - `switchedOff`: the agent's settings switch off all hooks
 */
export type HookState = 'installed' | 'absent' | 'changed' | 'switchedOff';

/** Why a stop may not hold. */
export type AgentProblem =
  | 'hooksChanged'
  | 'switchedOff'
  | 'untrusted'
  | 'oldVersion'
  | 'unguarded'
  | 'fault'
  | 'selfTest';

export interface AgentReport {
  readonly agent: AgentId;
  /** Where its hooks are, or would be installed. */
  readonly hookFile: string;
  readonly hooks: HookState;
  /** What the agent's user said of them, where the agent asks; `null` where it does not. */
  readonly trust: Trust | null;
  /** As its program says; `null` where that is not known. */
  readonly version: string | null;
  readonly minVersion: string;
  readonly lastBeat: Beat | null;
  readonly faults: readonly Fault[];
  readonly unguarded: readonly UnguardedSession[];
  /** `null` where it was not tried. */
  readonly selfTest: SelfTest | null;
  readonly problems: readonly AgentProblem[];
}

export interface GuardReport {
  readonly programs: ReturnType<typeof statePrograms>;
  readonly ledger: 'sound' | Fault['kind'];
  readonly stopsThatDidNotHold: readonly StopThatDidNotHold[];
  readonly agents: readonly AgentReport[];
}

export interface Examination {
  readonly sqlite: Sqlite;
  readonly dataFolder: string;
  readonly machine: Machine;
  readonly nowMs: number;
  /** Starts agents to ask for their versions, and the installed line to try it: seconds rather than milliseconds. */
  readonly isThorough: boolean;
}

/** Faults that are older are history. */
const recentMs = 24 * 3_600_000;

export async function examine(examination: Examination): Promise<GuardReport> {
  const { sqlite, dataFolder } = examination;
  const opened = openGuardLedger(sqlite, dataFolder);
  const db = 'kind' in opened ? null : opened;
  try {
    const agents: AgentReport[] = [];
    for (const guard of agentGuards) agents.push(await examineAgent(guard, db, examination));
    return {
      programs: statePrograms(guardFolderIn(dataFolder)),
      ledger: 'kind' in opened ? opened.kind : 'sound',
      stopsThatDidNotHold: ask(db, stopsThatDidNotHold),
      agents,
    };
  } finally {
    db?.close();
  }
}

/** A ledger that cannot be asked now tells nothing. */
function ask<Item>(db: Database | null, question: (db: Database) => readonly Item[]): readonly Item[] {
  try {
    return db === null ? [] : question(db);
  } catch {
    return [];
  }
}

async function examineAgent(
  guard: AgentGuard,
  db: Database | null,
  { sqlite, dataFolder, machine, nowMs, isThorough }: Examination,
): Promise<AgentReport> {
  const folder = guardFolderIn(dataFolder);
  const launcher: Launcher = { path: join(folder, guardFiles.launch), platform: machine.platform };
  const found = findHooks(guard, machine, launcher, folder);
  const since = readInstalled(folder).get(guard.id) ?? 0;
  const isInstalled = found.hooks === 'installed';
  const facts = {
    agent: guard.id,
    ...found,
    version: isThorough && isInstalled ? await versionOf(guard.id) : null,
    minVersion: guard.minVersion,
    lastBeat: lastBeatOf(folder, guard.id),
    faults: readFaults(folder).filter(({ agent, atMs }) => agent === guard.id && atMs > nowMs - recentMs),
    unguarded:
      found.hooks === 'absent'
        ? []
        : ask(db, (open) =>
            unguardedSessions(open, { folder, installedMs: new Map([[guard.id, since]]), nowMs }),
          ),
    selfTest: isThorough && isInstalled ? await testGuard(guard, { sqlite, dataFolder, machine }) : null,
  };
  return { ...facts, problems: problemsOf(facts) };
}

interface Hooks {
  readonly hookFile: string;
  readonly hooks: HookState;
  readonly trust: Trust | null;
}

function findHooks(guard: AgentGuard, machine: Machine, launcher: Launcher, folder: string): Hooks {
  const files = guard.hookFiles(machine, readGuardSettings(folder).logFolders[guard.id] ?? []);
  const texts = files.map((file) => ({ file, text: textAt(file) }));
  const found = texts.find(({ text }) => text !== null && guard.isInstalled(text, launcher));
  if (found === undefined) {
    return {
      hookFile: files[0],
      hooks: readInstalled(folder).has(guard.id) ? 'changed' : 'absent',
      trust: null,
    };
  }
  const isOff = texts.some(({ text }) => text !== null && guard.isSwitchedOff(text));
  const { file, text } = found;
  const asked = guard.trust;
  const trust = asked ? asked.read(textAt(asked.file(file)), file, text ?? '', launcher) : null;
  return { hookFile: file, hooks: isOff ? 'switchedOff' : 'installed', trust };
}

function problemsOf(facts: Omit<AgentReport, 'problems'>): readonly AgentProblem[] {
  const { hooks, trust, version, minVersion, unguarded, faults, selfTest } = facts;
  if (hooks === 'absent') return [];
  const problems: readonly (readonly [AgentProblem, boolean])[] = [
    ['hooksChanged', hooks === 'changed'],
    ['switchedOff', hooks === 'switchedOff' || trust === 'off'],
    ['untrusted', trust === 'untrusted' || trust === 'unreadable'],
    ['oldVersion', version !== null && isOlder(version, minVersion)],
    ['unguarded', unguarded.length > 0],
    ['fault', faults.length > 0],
    ['selfTest', selfTest !== null && selfTest.result !== 'passed'],
  ];
  return problems.filter(([, isMet]) => isMet).map(([problem]) => problem);
}

function textAt(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
