/**
 * Whose usage a line of a rollout tells of. A fork or sub-agent may begin with a copy of its parent's history: first
 * the thread's own `session_meta`, then that of its parent and of the parent's parent, then their turns and counts,
 * all stamped with the time of the copy.
 *
 * A copied turn keeps its id, and ids tell their time: a turn belongs to the youngest thread of the family that was
 * there when it began. Where turns have no such ids, only the file of the parent can tell what was copied. Such usage
 * is left undecided: it bears the id that it has in the parent's file, and gives way where that is read.
 */

import type { Claim } from '../../domain/receipt.ts';
import { idTime } from './threadIds.ts';

export interface Lineage {
  readonly threadId: string;
  /** Parents, the nearest first. */
  readonly ancestors: readonly string[];
  /** The thread of the oldest history in the file is among those known. */
  readonly isWhole: boolean;
  /** The thread that the present turn belongs to; `null` while undecided, {@link unnamed} where the file names it nowhere. */
  readonly owner: string | null;
  /** When the present turn began, where its id tells. */
  readonly turnMs: number | null;
  /** Lines from this ordinal on are the thread's own. */
  readonly ownFromOrdinal: number | null;
  /** The thread's id tells its time, so others of its family will. */
  readonly hasTimedIds: boolean;
}

/**
 * An ancestor of an ancestor: a file that was migrated has kept its turns and lost its `session_meta`. What such a turn
 * used, its own file tells.
 */
const unnamed = '';

/** The thread that usage is credited to, under which id, and how firmly. */
export interface Owner {
  readonly sessionKey: string;
  /** The thread in whose file the same count is the original. */
  readonly threadId: string;
  readonly claim: Claim;
}

export function newLineage(threadId: string): Lineage {
  return {
    threadId,
    ancestors: [],
    isWhole: true,
    owner: threadId,
    turnMs: null,
    ownFromOrdinal: null,
    hasTimedIds: false,
  };
}

/** What a thread's own `session_meta` says about where it comes from. */
export interface Origin {
  readonly threadId: string;
  readonly parent: string | null;
  /** The parent's history follows in this file, as far as one can know. */
  readonly hasCopy: boolean;
  readonly ownFromOrdinal: number | null;
  /** When the thread began, as logged. */
  readonly bornMs: number | null;
}

export function startLineage({ threadId, parent, hasCopy, ownFromOrdinal, bornMs }: Origin): Lineage {
  const ancestors = parent === null || parent === threadId ? [] : [parent];
  const owner = hasCopy && ancestors.length > 0 ? null : threadId;
  const hasTimedIds = isTimed(threadId, bornMs);
  return { threadId, ancestors, isWhole: !hasCopy, owner, turnMs: null, ownFromOrdinal, hasTimedIds };
}

/** An id is made with its thread; one that tells another time was made up or handed on. */
function isTimed(threadId: string, bornMs: number | null): boolean {
  const idMs = idTime(threadId);
  return idMs !== null && bornMs !== null && Math.abs(idMs - bornMs) < mostIdDelayMs;
}

const mostIdDelayMs = 60_000;

/** Whether a thread began after this one, and so is no ancestor: another rollout was appended to the file. */
export function isStranger({ threadId, ancestors, hasTimedIds }: Lineage, otherId: string): boolean {
  if (!hasTimedIds || ancestors.includes(otherId)) return false;
  return (idTime(otherId) ?? 0) > (idTime(threadId) ?? 0);
}

/** Another thread's `session_meta`: its history follows, after that of its own parent where it begins with a copy, too. */
export function meetAncestor(lineage: Lineage, { threadId, parent, hasCopy }: Origin): Lineage {
  const met = hasCopy && parent !== null ? [threadId, parent] : [threadId];
  const ancestors = [...lineage.ancestors.filter((known) => !met.includes(known)), ...met];
  const isWhole = lineage.isWhole || !hasCopy;
  return { ...lineage, ancestors: ancestors.slice(-maxAncestors), isWhole, owner: null };
}

const maxAncestors = 32;

/** A turn begins. */
export function enterTurn(lineage: Lineage, turnId: string): Lineage {
  const turnMs = idTime(turnId);
  if (turnMs === null || !lineage.hasTimedIds || lineage.ancestors.length === 0) return lineage;
  return { ...lineage, turnMs, owner: youngestAt(lineage, turnMs) ?? lineage.owner };
}

/** `null` where ids do not tell. */
function youngestAt({ threadId, ancestors, isWhole }: Lineage, turnMs: number): string | null {
  if ((idTime(threadId) ?? turnMs) <= turnMs) return threadId;
  const family = ancestors.map((id) => ({ id, bornMs: idTime(id) ?? Number.NaN }));
  if (family.some((ancestor) => Number.isNaN(ancestor.bornMs))) return null;
  family.sort((a, b) => b.bornMs - a.bornMs);
  const youngest = family.find((ancestor) => ancestor.bornMs <= turnMs);
  return (youngest ?? (isWhole ? family.at(-1) : { id: unnamed }))?.id ?? null;
}

/** Leaves the copied history where the thread said that it ends, unless a turn has told already. */
export function passOrdinal(lineage: Lineage, ordinal: number | null): Lineage {
  const { owner, ownFromOrdinal, threadId } = lineage;
  const isOwn = owner === null && ownFromOrdinal !== null && ordinal !== null && ordinal >= ownFromOrdinal;
  return isOwn ? { ...lineage, owner: threadId } : lineage;
}

/**
 * `null` where only the file of another thread can tell.
 *
 * @param isContinuous the total that the usage was counted from is in the file
 */
export function ownerOf({ threadId, ancestors, owner }: Lineage, isContinuous: boolean): Owner | null {
  if (owner === unnamed) return null;
  const root = ancestors.at(-1);
  const isDecided = owner !== null && (owner !== threadId || isContinuous || root === undefined);
  if (!isDecided) return { sessionKey: threadId, threadId: root ?? threadId, claim: 'sideChain' };
  return { sessionKey: owner, threadId: owner, claim: owner === threadId ? 'own' : 'copied' };
}
