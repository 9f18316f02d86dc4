/** What a `session_meta` says about its thread. */

import type { SessionFacts } from '../../domain/session.ts';
import { fieldOf, idOf, type LogRecord, nameOf, recordOf, textOf } from '../fields.ts';
import type { Origin } from './lineage.ts';

const noRecord: LogRecord = {};

export function originOf(meta: LogRecord, threadId: string, bornMs: number | null): Origin {
  const forkedFrom = idOf(meta, 'forked_from_id');
  const ordinal = fieldOf(meta, 'subagent_history_start_ordinal');
  const ownFromOrdinal = typeof ordinal === 'number' ? ordinal : null;
  // A fork with a `history_base` refers to its parent's file and copies nothing.
  const isCopy = forkedFrom !== null && recordOf(meta, 'history_base') === null;
  const parent = forkedFrom ?? parentOf(meta, threadId);
  return { threadId, parent, hasCopy: isCopy || (ownFromOrdinal ?? 0) > 0, ownFromOrdinal, bornMs };
}

export function threadFacts(meta: LogRecord, threadId: string, atMs: number | null): SessionFacts {
  const parentKey = parentOf(meta, threadId);
  const projectPath = textOf(meta, 'cwd');
  const gitBranch = nameOf(recordOf(meta, 'git') ?? noRecord, 'branch');
  const role = roleOf(meta);
  return {
    agent: 'codex',
    key: threadId,
    ...(parentKey !== null && { parentKey }),
    ...(projectPath !== null && { projectPath }),
    ...(gitBranch !== '' && { gitBranch }),
    ...(role !== '' && { role }),
    ...(atMs !== null && { atMs }),
  };
}

/**
 * Whether the copy of its parent's history that a thread begins with has lost the records of responses and kept their
 * counts: since records are written, sub-agents are given it so (`core/src/agent/control/spawn.rs`).
 */
export function hasLostRecords(meta: LogRecord, threadId: string): boolean {
  return parentOf(meta, threadId) !== null && writesRecords(nameOf(meta, 'cli_version'));
}

/**
 * Whether a count that no record precedes was counted in the file whose history the thread refers to: where responses
 * are on record, the first of its own has one. Versions that give a revert a file of its own all write records, whatever
 * version the thread was begun by.
 */
export function firstCountRepeats(meta: LogRecord, threadId: string): boolean {
  const base = recordOf(meta, 'history_base');
  return (
    base !== null && (idOf(base, 'thread_id') === threadId || writesRecords(nameOf(meta, 'cli_version')))
  );
}

/** Since 0.153; builds without a release are 0.0.0. */
function writesRecords(version: string): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)\./.exec(version) ?? [];
  if (major === undefined || minor === undefined) return false;
  return Number(major) > 0 || Number(minor) === 0 || Number(minor) >= 153;
}

/** The thread that started this one; a fork by the user has none. */
function parentOf(meta: LogRecord, threadId: string): string | null {
  const named = idOf(meta, 'parent_thread_id') ?? idOf(spawnOf(meta), 'parent_thread_id');
  const isSubAgent = subAgentOf(meta) !== null || !['', 'user'].includes(nameOf(meta, 'thread_source'));
  const parent = named ?? (isSubAgent ? idOf(meta, 'session_id') : null);
  return parent === threadId ? null : parent;
}

function roleOf(meta: LogRecord): string {
  const subAgent = subAgentOf(meta);
  const kind = typeof subAgent === 'string' ? nameOf({ subAgent }, 'subAgent') : '';
  const spawn = spawnOf(meta);
  return kind || nameOf(spawn, 'agent_role') || nameOf(spawn, 'agent_nickname');
}

/** A word such as `review`, or an object that tells who spawned the thread. */
function subAgentOf(meta: LogRecord): unknown {
  return fieldOf(recordOf(meta, 'source') ?? noRecord, 'subagent');
}

function spawnOf(meta: LogRecord): LogRecord {
  const subAgent = recordOf(recordOf(meta, 'source') ?? noRecord, 'subagent') ?? noRecord;
  return recordOf(subAgent, 'thread_spawn') ?? noRecord;
}
