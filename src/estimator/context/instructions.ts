/** Finding the instruction files that an agent loads by itself. */

import type { CountedText } from '../countedText.ts';
import type { PromptAgent } from './agents.ts';
import { appliesByFrontMatter } from './frontMatterScope.ts';
import type { Applies, InstructionRule } from './instructionRules.ts';
import type { FoundFile, KnownFiles } from './knownFiles.ts';
import { folderOf, foldersDownTo, isWithin, resolvePath } from './paths.ts';
import type { RoundFiles } from './roundFiles.ts';
import { findBelow, matcher } from './walk.ts';

export interface FoundInstructions {
  readonly file: FoundFile;
  readonly applies: Exclude<Applies, 'no'>;
  /** Whether it counts against the limit of the project's instructions. */
  readonly isProjects: boolean;
}

export interface InstructionSearch {
  readonly agent: PromptAgent;
  readonly folder: string;
  readonly home: string;
  readonly managedFolder: string | null;
  readonly userFolder: string | null;
  /** Files whose content the prompt sends. */
  readonly sentPaths: readonly string[];
  readonly files: RoundFiles;
  readonly known: KnownFiles;
  mayRead(path: string, realPath: string): boolean;
  live(path: string): CountedText | undefined;
}

/** In the order in which the agent reads them; a file that several rules or links lead to once. */
export async function findInstructions(search: InstructionSearch): Promise<readonly FoundInstructions[]> {
  const found = new Map<string, FoundInstructions>();
  for (const rule of search.agent.rules) {
    for (const file of await filesOf(rule, search)) {
      if (found.has(file.realPath)) continue;
      const applies = await applying(rule, file, search);
      const isProjects = rule.place === 'fromProject';
      if (applies !== 'no') found.set(file.realPath, { file, applies, isProjects });
    }
  }
  return [...found.values()];
}

async function filesOf(rule: InstructionRule, search: InstructionSearch): Promise<readonly FoundFile[]> {
  const folders = await foldersOf(rule.place, search);
  if (rule.isOneNameOverall) return firstFilled(rule.names, (name) => lookAll(folders, [name], search));
  const found: FoundFile[] = [];
  for (const folder of folders) {
    const take = (name: string) => candidates(rule, folder, name, search);
    if (rule.takes === 'first') found.push(...(await firstFilled(rule.names, take)));
    else for (const name of rule.names) found.push(...(await take(name)));
  }
  return found;
}

async function candidates(
  { endings }: InstructionRule,
  folder: string,
  name: string,
  search: InstructionSearch,
): Promise<readonly FoundFile[]> {
  if (endings === undefined) return lookAll([folder], [name], search);
  const fits = (path: string) => endings.some((ending) => path.endsWith(ending));
  const { paths } = await findBelow(search.files, resolvePath(folder, name), fits);
  return lookAll([folder], paths, search);
}

async function firstFilled(
  names: readonly string[],
  take: (name: string) => Promise<readonly FoundFile[]>,
): Promise<readonly FoundFile[]> {
  for (const name of names) {
    const found = await take(name);
    if (found.length > 0) return found;
  }
  return [];
}

async function lookAll(
  folders: readonly string[],
  names: readonly string[],
  { files, mayRead }: InstructionSearch,
): Promise<readonly FoundFile[]> {
  const paths = folders.flatMap((folder) => names.map((name) => resolvePath(folder, name)));
  const found: FoundFile[] = [];
  for (const path of paths) {
    const state = await files.look(path);
    if (state.kind === 'file' && mayRead(path, state.realPath)) found.push({ path, ...state });
  }
  return found;
}

async function foldersOf(
  place: InstructionRule['place'],
  search: InstructionSearch,
): Promise<readonly string[]> {
  const { folder } = search;
  switch (place) {
    case 'managed':
      return search.managedFolder === null ? [] : [search.managedFolder];
    case 'user':
      return search.userFolder === null ? [] : [search.userFolder];
    case 'home':
      return [search.home];
    case 'folder':
      return [folder];
    case 'fromRoot':
      return foldersDownTo(folder).slice(1);
    case 'fromProject':
      return fromProject(folder, search.files);
    case 'below':
      return below(folder, search.sentPaths);
  }
}

async function fromProject(folder: string, files: RoundFiles): Promise<readonly string[]> {
  const folders = foldersDownTo(folder);
  for (let index = folders.length - 1; index >= 0; index--) {
    const { kind } = await files.look(resolvePath(folders[index] ?? folder, '.git'));
    if (kind === 'folder' || kind === 'file') return folders.slice(index);
  }
  return [folder];
}

function below(folder: string, sentPaths: readonly string[]): readonly string[] {
  const folders = sentPaths
    .filter((path) => isWithin(path, folder))
    .flatMap((path) => foldersDownTo(folderOf(path)))
    .filter((candidate) => candidate !== folder && isWithin(candidate, folder));
  return [...new Set(folders)];
}

async function applying(
  { scope, place }: InstructionRule,
  file: FoundFile,
  search: InstructionSearch,
): Promise<Applies> {
  if (scope === undefined) return place === 'below' ? 'matched' : 'always';
  if (search.files.isLate()) return 'no';
  const facts = await search.known.facts(file, search.live(file.path));
  if (facts === null) return 'no';
  const fits = (patterns: readonly string[]) => {
    const isMatch = matcher(search.folder, patterns);
    return search.sentPaths.some(isMatch);
  };
  return appliesByFrontMatter(scope, facts.frontMatter, fits);
}
