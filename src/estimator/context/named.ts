/** The files that a prompt names. */

import { contentOf } from './contents.ts';
import { compileGlob } from './globs.ts';
import type { Part } from './parts.ts';
import { isAbsolute, isWithin, relativePath, resolvePath } from './paths.ts';
import { findReferences, isGlob, looksLikePath, type Reference } from './references.ts';
import { type NamingPlace, type Resolved, resolveName } from './resolveReference.ts';
import type { Round } from './round.ts';
import { findBelow, matcher, staticFolder } from './walk.ts';

/** A reference and what it stands for. */
export interface Named extends Resolved {
  readonly reference: Reference;
  readonly isSent: boolean;
}

export interface FoundNames {
  /** In the order of the text. */
  readonly names: readonly Named[];
  readonly isCut: boolean;
}

/** Files that a prompt names in all: each folder or pattern of it can stand for hundreds. */
const mostNames = 500;

export async function findNamed(round: Round): Promise<FoundNames> {
  // Agents look at the text as it is: what stands in code is named too.
  const { references, isCut } = findReferences(round.prompt.text, () => true);
  const names: Named[] = [];
  let isShort = isCut;
  for (const reference of references) {
    const found = await resolveAll(reference, round);
    names.push(
      ...found.resolved
        .filter((resolved) => isMeant(reference, resolved, round))
        .map((resolved) => ({ ...resolved, reference, isSent: isSent(reference, round) })),
    );
    isShort ||= found.isCut;
    if (names.length > mostNames) break;
  }
  return { names: names.slice(0, mostNames), isCut: isShort || names.length > mostNames };
}

/** @param names in the order to show them; what the prompt holds already is left out */
export async function toNamedParts(names: readonly Named[], round: Round): Promise<readonly Part[]> {
  const parts: Part[] = [];
  for (const { path, state, reference, isSent } of names) {
    const { lines, line } = reference;
    if (!round.take('realPath' in state ? state.realPath : path, lines)) continue;
    parts.push({
      id: idOf('named', path, lines),
      group: 'named',
      path,
      lines,
      reason: { kind: 'named', line },
      isSent,
      content: await contentOf(path, state, lines, round),
    });
  }
  return parts;
}

export function idOf(group: Part['group'], path: string, lines: Part['lines'] = null): string {
  return lines === null ? `${group}:${path}` : `${group}:${path}#${lines.first}-${lines.last}`;
}

function placeOfNames({ prompt, agent, places }: Round): NamingPlace {
  const { folder, folders, document } = prompt;
  const otherFolders = folders.filter((other) => other !== folder);
  return { agent, folder, otherFolders, home: places.homeFolder, document };
}

function isSent({ syntax, path }: Reference, { agent }: Round): boolean {
  return agent.sends.includes(syntax) && (agent.expandsGlobs || !isGlob(path));
}

/** What is not there, or not looked at, is told only where it is surely meant as a path that the agent would send. */
function isMeant(reference: Reference, { state }: Resolved, round: Round): boolean {
  if (state.kind !== 'missing' && state.kind !== 'outOfReach' && state.kind !== 'late') return true;
  return isSent(reference, round) && (reference.syntax !== 'mention' || looksLikePath(reference.path));
}

interface ResolvedAll {
  readonly resolved: readonly Resolved[];
  readonly isCut: boolean;
}

async function resolveAll(reference: Reference, round: Round): Promise<ResolvedAll> {
  if (isGlob(reference.path) && round.agent.expandsGlobs) return expandPattern(reference.path, round);
  const resolved = await resolveName(reference.path, placeOfNames(round), round.reach, round.files);
  const isWhole = resolved.state.kind === 'folder' && round.agent.folderSends === 'files';
  return isWhole ? expandFolder(resolved.path, () => true, round) : { resolved: [resolved], isCut: false };
}

async function expandPattern(written: string, round: Round): Promise<ResolvedAll> {
  const { folder } = round.prompt;
  const pattern = round.agent.isRootedInFolder ? written.replace(/^\/+/, '') : written;
  const base = resolvePath(folder, staticFolder(pattern) || (isAbsolute(pattern) ? '/' : ''));
  // What leads out of the folder is not a pattern for its files.
  if (!isWithin(base, folder)) {
    return { resolved: [{ path: base, state: { kind: 'outOfReach' } }], isCut: false };
  }
  const relative = relativePath(folder, pattern);
  if (compileGlob(relative) === undefined) return { resolved: [], isCut: true };
  return expandFolder(base, matcher(folder, [relative]), round);
}

async function expandFolder(
  folder: string,
  isWanted: (path: string) => boolean,
  { files, reach }: Round,
): Promise<ResolvedAll> {
  const { paths, isCut } = await findBelow(files, folder, isWanted);
  const resolved: Resolved[] = [];
  for (const path of paths) {
    if (files.isLate()) break;
    const state = await files.look(path);
    if (state.kind === 'file' && reach.mayRead(path, state.realPath, false)) resolved.push({ path, state });
  }
  return { resolved, isCut };
}
