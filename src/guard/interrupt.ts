/**
 * Tells an agent's process to stop, as Ctrl+C does, where none of the agent's answers ends a turn, and its user why, where
 * the agent shows nothing of what hooks say. Only what started the hook can be meant: no other process is ever looked for.
 */

import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, readlinkSync, writeSync } from 'node:fs';
import { basename } from 'node:path';
import type { AgentProcess } from './agents/agentGuard.ts';

export interface ProcessFacts {
  readonly parentId: number;
  /** Its executable, with or without its folder. */
  readonly executable: string;
  readonly args: readonly string[];
}

/** What is asked of the system. An argument, so that tests need no processes. */
export interface ProcessTable {
  /** `null` where there is no such process, or nothing can be told of it. */
  look(id: number): ProcessFacts | null;
  /** @throws where it may not be told */
  interrupt(id: number): void;
  /** Writes to its error output, without waiting. @throws where there is none to be written to */
  write(id: number, text: string): void;
}

/** How far above the hook its agent may be: shells stand between. */
const mostSteps = 6;

/**
 * - `notFound`: no ancestor is the agent
 * - `shared`: it is an engine that serves more than this session, which would end with it
 * - `failed`: it could not be told
 */
export type Interrupted = 'told' | 'notFound' | 'shared' | 'failed';

export function interruptAgent(agent: AgentProcess, fromId: number, table: ProcessTable): Interrupted {
  const found = findAgent(agent, fromId, table);
  return found === null ? 'notFound' : tell(found, table);
}

/** Does nothing where the agent has a terminal, in which it shows the reason itself. */
export function explainToUser(
  agent: AgentProcess,
  reason: string,
  fromId: number,
  table: ProcessTable,
): void {
  const found = findAgent(agent, fromId, table);
  if (!found?.facts.args.some((arg) => agent.muteArguments.includes(arg))) return;
  try {
    table.write(found.id, `${reason}\n`);
  } catch {
    // Whoever cannot be told is stopped all the same.
  }
}

interface FoundAgent {
  readonly id: number;
  readonly facts: ProcessFacts;
}

function findAgent(agent: AgentProcess, fromId: number, table: ProcessTable): FoundAgent | null {
  let id = fromId;
  for (let step = 0; step < mostSteps && id > 1; step++) {
    const facts = table.look(id);
    if (facts === null) return null;
    if (isAgent(agent, facts)) return { id, facts };
    id = facts.parentId;
  }
  return null;
}

function isAgent({ name, program }: AgentProcess, { executable, args }: ProcessFacts): boolean {
  if (basename(executable) !== name) return false;
  return program === null || program.test(args.slice(1).find((arg) => !arg.startsWith('-')) ?? '');
}

/** Codex has engines for editors and for other agents, which outlive what asked for them. */
const engines: readonly string[] = ['app-server', 'mcp-server'];

/** A prompt among the arguments may speak of an engine and is none. */
function tell({ id, facts }: FoundAgent, table: ProcessTable): Interrupted {
  if (facts.args.some((arg) => engines.includes(arg))) return 'shared';
  try {
    table.interrupt(id);
    return 'told';
  } catch {
    return 'failed';
  }
}

/** Processes of this machine; on Windows none can be told in this way. */
export const systemProcesses: ProcessTable = {
  look: (id) => {
    if (process.platform === 'win32') return null;
    return process.platform === 'linux' ? lookInProc(id) : lookByPs(id);
  },
  interrupt: (id) => process.kill(id, 'SIGINT'),
  write: (id, text) => {
    if (process.platform === 'linux') writeInProc(id, text);
  },
};

/** A pipe that nobody reads must not keep the hook waiting. */
function writeInProc(id: number, text: string): void {
  const { O_WRONLY, O_APPEND, O_NONBLOCK } = constants;
  const output = openSync(`/proc/${id}/fd/2`, O_WRONLY | O_APPEND | O_NONBLOCK);
  try {
    writeSync(output, text);
  } finally {
    closeSync(output);
  }
}

/** The parent follows the name, which is in parentheses and may hold some, and the state. */
function lookInProc(id: number): ProcessFacts | null {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    const [, parent = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // An update may have replaced the file that the process was started from.
    const executable = readlinkSync(`/proc/${id}/exe`).replace(/ \(deleted\)$/, '');
    const args = readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0');
    return { parentId: Number(parent), executable, args };
  } catch {
    return null;
  }
}

function lookByPs(id: number): ProcessFacts | null {
  const ask = (field: string) =>
    execFileSync('/bin/ps', ['-o', `${field}=`, '-p', String(id)], {
      encoding: 'utf8',
      timeout: 1_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  try {
    return { parentId: Number(ask('ppid')), executable: ask('comm'), args: ask('args').split(' ') };
  } catch {
    return null;
  }
}
