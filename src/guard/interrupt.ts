/**
 * Tells an agent's process to stop, as Ctrl+C does, where none of the agent's answers ends a turn or none has ended it, and
 * its user why, where the agent shows nothing of what hooks say. Only what started the hook can be meant: no other process
 * is ever looked for.
 */

import { basename } from 'node:path';
import type { AgentProcess, AgentProgram } from './agents/agentGuard.ts';
import type { ProcessFacts, ProcessTable } from './processTable.ts';

/** A process that will not be taken for another one, whoever gets its number after it. */
export interface KnownProcess {
  readonly id: number;
  readonly started: string;
}

/** How far above the hook its agent may be. */
const mostSteps = 6;

/** These and the agent's own helpers stand between: behind others may be an agent that has nothing to do with the hook. */
const shells = /^(?:(?:ba|da|a|k|mk|z|fi|c|tc)?sh|busybox|toybox|env)$/;

/**
 * - `notFound`: what started the hook is not the agent, or is gone
 * - `shared`: it serves more than this session, or another program, which would end with it
 * - `failed`: it could not be told
 */
export type Interrupted = 'told' | 'notFound' | 'shared' | 'failed';

export function interruptAgent(agent: AgentProcess, fromId: number, table: ProcessTable): Interrupted {
  const found = findAgent(agent, fromId, table);
  return found === null ? 'notFound' : tell(agent, found, table);
}

/** As {@link interruptAgent}, one that was found before. */
export function interruptKnown(agent: AgentProcess, known: KnownProcess, table: ProcessTable): Interrupted {
  const facts = factsOf(agent, known, table);
  return facts === null ? 'notFound' : tell(agent, { id: known.id, facts }, table);
}

/** Whether it runs still, and is the agent of one session alone. */
export function isKnown(agent: AgentProcess, known: KnownProcess, table: ProcessTable): boolean {
  const facts = factsOf(agent, known, table);
  return facts !== null && !isShared(agent, facts);
}

function factsOf(
  agent: AgentProcess,
  { id, started }: KnownProcess,
  table: ProcessTable,
): ProcessFacts | null {
  const facts = table.look(id);
  return facts !== null && facts.started === started && isAgent(agent, facts) ? facts : null;
}

/** The process of a hook's agent, where that serves one session alone and can be known again. */
export function findOwnProcess(
  agent: AgentProcess,
  fromId: number,
  table: ProcessTable,
): KnownProcess | null {
  const found = findAgent(agent, fromId, table);
  if (found === null || found.facts.started === '' || isShared(agent, found.facts)) return null;
  return { id: found.id, started: found.facts.started };
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
    if (!shells.test(basename(facts.executable)) && !isAnyOf(agent.helpers ?? [], facts)) return null;
    id = facts.parentId;
  }
  return null;
}

function isAgent({ programs }: AgentProcess, facts: ProcessFacts): boolean {
  return isAnyOf(programs, facts);
}

function isAnyOf(programs: readonly AgentProgram[], { executable, args }: ProcessFacts): boolean {
  const script = args.slice(1).find((arg) => !arg.startsWith('-')) ?? '';
  return programs.some(
    (one) =>
      one.executable.test(executable) && (one.script?.test(script) ?? true) && hasTitle(one.title, args),
  );
}

/** Nothing but the name is left of the arguments then. */
function hasTitle(title: RegExp | undefined, [name = '', ...rest]: readonly string[]): boolean {
  return title === undefined || (title.test(name) && rest.every((arg) => arg === ''));
}

/** A prompt among the arguments may speak of an engine and is none. */
function isShared({ sharedArguments }: AgentProcess, { args }: ProcessFacts): boolean {
  return args.some((arg) => sharedArguments.includes(arg));
}

function tell(agent: AgentProcess, { id, facts }: FoundAgent, table: ProcessTable): Interrupted {
  if (isShared(agent, facts)) return 'shared';
  try {
    table.interrupt(id, agent.signal ?? 'SIGINT');
    return 'told';
  } catch {
    return 'failed';
  }
}
