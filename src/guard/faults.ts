/** What kept the guard from judging, for the doctor. A file for each agent and kind, so that they cannot grow. */

import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type AgentId, agentIds } from '../domain/agent.ts';
import { guardFiles } from './guardFolder.ts';

/**
 * - `noRuntime`: there was nothing to run the accountant with
 * - `noSqlite`: the runtime cannot open the ledger
 * - `unreadableInput`: what the agent wrote to the hook could not be understood, or did not end
 * - `ledgerMissing`, `ledgerDamaged`, `ledgerNewer`, `ledgerOlder`: as it says
 * - `ledgerLocked`: another process kept the ledger for longer than an agent can wait
 * - `behind`: the session's log held more than could be read in time: what was spent is a lower bound
 * - `clockWentBack`: budgets over a time were not judged for a while
 * - `interruptFailed`: the agent's process was not found, or could not be told to stop
 * - `failed`: a bug
 */
export const faultKinds = [
  'noRuntime',
  'noSqlite',
  'unreadableInput',
  'ledgerMissing',
  'ledgerDamaged',
  'ledgerNewer',
  'ledgerOlder',
  'ledgerLocked',
  'behind',
  'clockWentBack',
  'interruptFailed',
  'failed',
] as const;

export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  readonly agent: AgentId;
  readonly kind: FaultKind;
  /** When it was met last. */
  readonly atMs: number;
  /** In the words of whatever failed: untrusted. */
  readonly detail: string;
}

const mostDetail = 300;

/** Never throws: a fault that cannot be told must not become another. */
export function leaveFault(folder: string, agent: AgentId, kind: FaultKind, detail = ''): void {
  const path = join(folder, guardFiles.faults, `${agent}.${kind}`);
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, JSON.stringify({ detail: detail.slice(0, mostDetail) }), { mode: 0o600 });
  } catch {
    // The doctor sees that the agent was not answered.
  }
}

/** The newest first. */
export function readFaults(folder: string): readonly Fault[] {
  return namesIn(join(folder, guardFiles.faults))
    .flatMap((name) => readFault(join(folder, guardFiles.faults, name), name) ?? [])
    .sort((a, b) => b.atMs - a.atMs);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readFault(path: string, name: string): Fault | null {
  const dot = name.indexOf('.');
  const agent = agentIds.find((id) => id === name.slice(0, dot));
  const kind = faultKinds.find((each) => each === name.slice(dot + 1));
  if (agent === undefined || kind === undefined) return null;
  try {
    return { agent, kind, atMs: statSync(path).mtimeMs, detail: detailOf(readFileSync(path, 'utf8')) };
  } catch {
    return null;
  }
}

function detailOf(text: string): string {
  try {
    return String(JSON.parse(text).detail ?? '').slice(0, mostDetail);
  } catch {
    return '';
  }
}
