/** Finds the prices of a model by the name in a log, or says that there are none. Never another version's. */

import type { Catalogue, PricedModel } from './catalogue.ts';
import { otherSpellings } from './modelNames.ts';
import { createOwnLookup, type OwnPrice } from './ownPrices.ts';

/**
 * How a price was found.
 *
 * - `user`: in the user's own prices
 * - `override`: by the logged name, in our own dated cards
 * - `exact`: by the logged name, in the bundled catalogue
 * - `alias`: by another spelling of the logged name
 */
export type Match = 'user' | 'override' | 'exact' | 'alias';

export interface Found {
  readonly model: PricedModel;
  readonly match: Match;
  /** The name asked for one region of a cloud. */
  readonly isRegional: boolean;
}

export type Lookup = (loggedModel: string) => Found | null;

/** @param own the user's own prices, which outrank the catalogue; what model it is they do not change */
export function createLookup(catalogue: Catalogue, own: readonly OwnPrice[] = []): Lookup {
  const listed = createListLookup(catalogue);
  const ownPriceOf = createOwnLookup(own);
  return (logged) => {
    const found = listed(logged);
    const price = ownPriceOf(logged);
    if (price === null) return found;
    const { cards, factors } = price;
    const model = { ...(found?.model ?? unlistedModel(logged)), cards, factors };
    return { model, match: 'user', isRegional: false };
  };
}

function createListLookup(catalogue: Catalogue): Lookup {
  const byName = indexByName(catalogue.models);
  return remembering((logged) => {
    const exact = byName.get(logged);
    if (exact !== undefined) {
      return { model: exact, match: exact.origin === 'override' ? 'override' : 'exact', isRegional: false };
    }
    for (const { name, isRegional } of otherSpellings(logged)) {
      const model = byName.get(name);
      if (model !== undefined) return { model, match: 'alias', isRegional };
    }
    return null;
  });
}

/** Names that are remembered: more than anybody's logs hold, unless they are made up. */
const mostRemembered = 1000;

/** A lookup that finds a name once: few models make all receipts. */
function remembering(look: Lookup): Lookup {
  const known = new Map<string, Found | null>();
  return (logged) => {
    const remembered = known.get(logged);
    if (remembered !== undefined) return remembered;
    const found = look(logged);
    if (known.size < mostRemembered) known.set(logged, found);
    return found;
  };
}

function unlistedModel(name: string): Omit<PricedModel, 'cards' | 'factors'> {
  return { id: name, aliases: [], name, vendor: '', contextWindowTokens: null, origin: 'user' };
}

/** A model's own id outranks an alias of another, and what comes first in the catalogue outranks what follows. */
function indexByName(models: readonly PricedModel[]): ReadonlyMap<string, PricedModel> {
  const ids = models.map((model) => [model.id, model] as const);
  const aliases = models.flatMap((model) => model.aliases.map((alias) => [alias, model] as const));
  return new Map([...ids, ...aliases].reverse());
}
