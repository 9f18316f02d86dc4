/** What `tokensIn` means in Roo Code and what came of it. */

import type { InputKind } from '../tasks/usage.ts';

/**
 * The last versions log the whole prompt, earlier ones what of it was not cached. No field tells which; those that name
 * the protocol of the provider are the later ones, and a record whose input is less than what was cached tells itself.
 */
export function rooInputKind(namesProtocol: boolean): InputKind {
  return namesProtocol ? 'whole' : 'uncached';
}
