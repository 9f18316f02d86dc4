/** Finds the prices of a model by the name in a log, or says that there are none. Never another version's. */

import type { Catalogue, PricedModel } from './catalogue.ts';
import { otherSpellings } from './modelNames.ts';

/**
 * How a price was found.
 *
 * - `override`: by the logged name, in our own dated cards
 * - `exact`: by the logged name, in the bundled catalogue
 * - `alias`: by another spelling of the logged name
 */
export type Match = 'override' | 'exact' | 'alias';

export interface Found {
  readonly model: PricedModel;
  readonly match: Match;
  /** The name asked for one region of a cloud. */
  readonly isRegional: boolean;
}

export type Lookup = (loggedModel: string) => Found | null;

export function createLookup(catalogue: Catalogue): Lookup {
  const byName = indexByName(catalogue.models);
  return (logged) => {
    const exact = byName.get(logged);
    if (exact !== undefined) {
      return { model: exact, match: exact.origin === 'override' ? 'override' : 'exact', isRegional: false };
    }
    for (const { name, isRegional } of otherSpellings(logged)) {
      const model = byName.get(name);
      if (model !== undefined) return { model, match: 'alias', isRegional };
    }
    return null;
  };
}

/** A model's own id outranks an alias of another, and what comes first in the catalogue outranks what follows. */
function indexByName(models: readonly PricedModel[]): ReadonlyMap<string, PricedModel> {
  const ids = models.map((model) => [model.id, model] as const);
  const aliases = models.flatMap((model) => model.aliases.map((alias) => [alias, model] as const));
  return new Map([...ids, ...aliases].reverse());
}
