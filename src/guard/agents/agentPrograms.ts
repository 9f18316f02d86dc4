/** How agents are run: as programs of their own, or as scripts of Node. */

import type { AgentProgram } from './agentGuard.ts';

/** One whose executable has exactly this name, in whatever folder. */
export function binary(name: string): AgentProgram {
  return { executable: new RegExp(`(?:^|/)${name}$`), script: null };
}

/** @param script what its path is like */
export function nodeScript(script: RegExp): AgentProgram {
  return { executable: /(?:^|\/)node$/, script };
}
