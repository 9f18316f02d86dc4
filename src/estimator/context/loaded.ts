/** The instruction files that an agent loads by itself, and what they import. */

import { contentOf, sizeNow, textContent } from './contents.ts';
import { type FoundInstructions, findInstructions } from './instructions.ts';
import type { FoundFile } from './knownFiles.ts';
import { idOf } from './named.ts';
import type { Part, Reason } from './parts.ts';
import { folderOf, nameOf } from './paths.ts';
import { looksLikePath, type Reference } from './references.ts';
import { resolveName } from './resolveReference.ts';
import type { Round } from './round.ts';

const reasons: Readonly<Record<FoundInstructions['applies'], Reason>> = {
  always: { kind: 'loaded' },
  matched: { kind: 'matched' },
  agentDecides: { kind: 'agentDecides' },
};

/** @param sentPaths files whose content the prompt sends: they decide what else is loaded */
export async function toLoadedParts(sentPaths: readonly string[], round: Round): Promise<readonly Part[]> {
  const { prompt, agent, places, files, known, reach } = round;
  const found = await findInstructions({
    agent,
    folder: prompt.folder,
    home: places.homeFolder,
    managedFolder: places.managedFolder(prompt.agent),
    userFolder: places.userFolder(prompt.agent),
    sentPaths,
    files,
    known,
    mayRead: (path, realPath) => reach.mayRead(path, realPath, true),
    live: round.live,
  });
  const parts: Part[] = [];
  let leftBytes = agent.projectLimitBytes;
  for (const { file, applies, isProjects } of found) {
    if (!round.take(file.realPath, null)) continue;
    const mostBytes = isProjects ? leftBytes : null;
    parts.push({
      id: idOf('instructions', file.path),
      group: 'instructions',
      path: file.path,
      lines: null,
      reason: reasons[applies],
      isSent: applies !== 'agentDecides',
      content: await textContent(file, null, mostBytes, round),
    });
    if (mostBytes !== null) leftBytes = Math.max(0, mostBytes - sizeNow(file, round));
    if (applies !== 'agentDecides') parts.push(...(await importsOf(file, agent.importHops, round)));
  }
  return parts;
}

/** Whether the file that is written is one that the agent loads by itself: what it names are imports then. */
export function isInstructionFile({ prompt, agent }: Round): boolean {
  const { document } = prompt;
  return (
    document !== null &&
    agent.importHops > 0 &&
    agent.rules.some(({ names }) => names.some((name) => nameOf(name) === nameOf(document)))
  );
}

async function importsOf(file: FoundFile, hops: number, round: Round): Promise<readonly Part[]> {
  if (hops === 0 || round.isLate()) return [];
  const facts = await round.known.facts(file, round.live(file.path));
  return facts === null ? [] : toImportedParts(facts.imports, file.path, hops, round);
}

/** @param by the file that imports; its folder is what relative paths start from */
export async function toImportedParts(
  imports: readonly Reference[],
  by: string,
  hops: number,
  round: Round,
): Promise<readonly Part[]> {
  const { agent, places, reach, files } = round;
  const place = { agent, folder: folderOf(by), otherFolders: [], home: places.homeFolder, document: null };
  const parts: Part[] = [];
  for (const { path: name } of imports) {
    if (round.isFull()) break;
    const { path, state } = await resolveName(name, place, reach, files);
    if (state.kind === 'folder' || (state.kind !== 'file' && !looksLikePath(name))) continue;
    if (!round.take('realPath' in state ? state.realPath : path, null)) continue;
    parts.push({
      id: idOf('instructions', path),
      group: 'instructions',
      path,
      lines: null,
      reason: { kind: 'imported', by },
      isSent: true,
      content: await contentOf(path, state, null, round),
    });
    if (state.kind === 'file') parts.push(...(await importsOf({ path, ...state }, hops - 1, round)));
  }
  return parts;
}
