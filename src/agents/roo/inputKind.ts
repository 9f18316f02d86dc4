/** What `tokensIn` means in Roo Code and what came of it. */

import { idOf } from '../fields.ts';
import type { InputKind, Spent } from '../tasks/usage.ts';
import { inputKindByCosts } from './costs.ts';

/**
 * The last versions log the whole prompt, earlier ones what of it was not cached, or what their providers handed over. No
 * field tells which: what requests to a model cost does, where there are enough. Where not, those that name the protocol of
 * the provider are the later ones. A record whose input is less than what was cached tells itself.
 */
export function rooInputKinds(task: readonly Spent[]): (spent: Spent) => InputKind {
  const namesProtocol = task.some(({ record }) => idOf(record, 'apiProtocol') !== null);
  const requests = new Map<string, Spent[]>();
  for (const request of task.filter(({ isSum }) => !isSum)) {
    const known = requests.get(request.model);
    if (known === undefined) requests.set(request.model, [request]);
    else known.push(request);
  }
  const kinds = new Map([...requests].map(([model, those]) => [model, inputKindByCosts(those)]));
  return ({ model }) => kinds.get(model) ?? (namesProtocol ? 'whole' : 'uncached');
}
