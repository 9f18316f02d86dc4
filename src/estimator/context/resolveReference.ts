/** From the way a file is named to the file. */

import type { PromptAgent } from './agents.ts';
import { folderOf, isAbsolute, resolvePath } from './paths.ts';
import type { Reach } from './reach.ts';
import type { LookedAt, RoundFiles } from './roundFiles.ts';

/** Where names are resolved. */
export interface NamingPlace {
  readonly agent: PromptAgent;
  /** The folder that the agent works in. */
  readonly folder: string;
  /** The other folders of the workspace. */
  readonly otherFolders: readonly string[];
  readonly home: string;
  /** The file that names; `null` for a text that is not saved. */
  readonly document: string | null;
}

export interface Resolved {
  readonly path: string;
  readonly state: LookedAt | { readonly kind: 'outOfReach' };
}

/** The first of the paths that a name can stand for which is there; else the likeliest, as missing or out of reach. */
export async function resolveName(
  name: string,
  place: NamingPlace,
  reach: Reach,
  files: RoundFiles,
): Promise<Resolved> {
  const paths = possiblePaths(name, place);
  const inReach = paths.filter((path) => reach.mayLook(path));
  for (const path of inReach) {
    const state = await files.look(path);
    if (state.kind === 'missing') continue;
    const isReadable = !('realPath' in state) || reach.mayRead(path, state.realPath, false);
    return { path, state: isReadable ? state : { kind: 'outOfReach' } };
  }
  const [likeliest = place.folder] = paths;
  return { path: likeliest, state: { kind: reach.mayLook(likeliest) ? 'missing' : 'outOfReach' } };
}

/** The likeliest first. */
function possiblePaths(name: string, place: NamingPlace): readonly string[] {
  const { agent, folder, home } = place;
  if (/^~(?:\/|$)/.test(name)) return [resolvePath(home, name.slice(2))];
  const fromFolder = resolvePath(folder, name.replace(/^\/+/, ''));
  if (isAbsolute(name)) {
    const absolute = resolvePath(folder, name);
    return agent.isRootedInFolder ? [fromFolder, absolute] : [absolute, fromFolder];
  }
  const beside = place.document === null ? [] : [resolvePath(folderOf(place.document), name)];
  const others = place.otherFolders.map((other) => resolvePath(other, name));
  return agent.readsFrom === 'document'
    ? [...beside, fromFolder, ...others]
    : [fromFolder, ...beside, ...others];
}
