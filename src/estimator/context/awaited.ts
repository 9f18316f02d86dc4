/** What an agent would load if it came to be. */

import type { PromptAgent } from './agents.ts';

/** Files and folders by their last names. */
export interface Awaited {
  readonly names: readonly string[];
  /** Of names; the empty one is that of all. */
  readonly endings: readonly string[];
}

/** By names alone, wherever they lie: an assembly too many does no harm. */
export function awaitedBy({ rules, folderSends }: PromptAgent): Awaited {
  const names = rules.flatMap((rule) => rule.names.flatMap((name) => name.split('/')));
  const endings = folderSends === 'files' ? [''] : rules.flatMap((rule) => rule.endings ?? []);
  return { names: [...new Set(names)], endings: [...new Set(endings)] };
}
