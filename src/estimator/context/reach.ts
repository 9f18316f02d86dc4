/**
 * What may be read to count it. A prompt can come with a repository that nobody trusts, and names what it likes:
 * `@/etc/shadow`, `@/dev/zero`, a link in the repository that leads out of it. Counting tells nobody what a file holds,
 * but it opens it. So, in trusted workspaces and others alike, only what lies within a folder of the workspace or a
 * folder of the agent is looked at, and it is read only where its real path, behind all links, lies there too. Two
 * things may be links to elsewhere: files in the user's own folders, which may be kept under version control, and
 * instruction files that keep their name. Anything else is shown as out of reach, and not as nothing.
 */

import type { PromptAgentId } from '../../domain/promptAgent.ts';
import type { AgentPlaces } from './agents.ts';
import { isWithin, nameOf } from './paths.ts';

export interface Reach {
  /** Whether a named path may be looked at: nothing is known of it yet. */
  mayLook(path: string): boolean;
  /** @param isAgentsOwn whether the agent looks there by itself, whatever the prompt says */
  mayRead(path: string, realPath: string, isAgentsOwn: boolean): boolean;
}

/** @param folders those of the workspace, by their real paths as well */
export function reachOf(agent: PromptAgentId, folders: readonly string[], places: AgentPlaces): Reach {
  const own = [places.managedFolder(agent), places.userFolder(agent)].filter((place) => place !== null);
  const within = (path: string, among: readonly string[]) => among.some((folder) => isWithin(path, folder));
  return {
    mayLook: (path) => within(path, folders) || within(path, own),
    mayRead(path, realPath, isAgentsOwn) {
      if (within(realPath, folders) || within(realPath, own) || within(path, own)) return true;
      const isUsers = within(path, [places.homeFolder]) && !within(path, folders);
      return isAgentsOwn && (isUsers || nameOf(path) === nameOf(realPath));
    },
  };
}
