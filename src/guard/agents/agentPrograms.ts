/** How agents are run: as programs of their own, or as scripts of Node. */

import type { AgentProgram } from './agentGuard.ts';

/** One whose executable has exactly one of these names, in whatever folder. */
export function binary(...names: readonly string[]): AgentProgram {
  const alternatives = names.map((name) => name.replaceAll('.', '\\.')).join('|');
  return { executable: new RegExp(`(?:^|/)(?:${alternatives})$`), script: null };
}

/** A script of Node that took a name of its own. */
export function titledScript(title: string): AgentProgram {
  return { executable: /(?:^|\/)node$/, script: null, title };
}

/** @param script what its path is like */
export function nodeScript(script: RegExp): AgentProgram {
  return { executable: /(?:^|\/)node$/, script };
}
