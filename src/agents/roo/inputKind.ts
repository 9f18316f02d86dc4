/** What `tokensIn` means in Roo Code and what came of it. */

import { idOf } from '../fields.ts';
import type { InputKind, Spent } from '../tasks/usage.ts';

/**
 * The last versions log the whole prompt, earlier ones what of it was not cached. No field tells which; those that name
 * the protocol of the provider are the later ones, and a record whose input is less than what was cached tells itself.
 */
export function rooInputKinds(task: readonly Spent[]): () => InputKind {
  const namesProtocol = task.some(({ record }) => idOf(record, 'apiProtocol') !== null);
  return () => (namesProtocol ? 'whole' : 'uncached');
}
