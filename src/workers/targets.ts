/** What text is counted for: a model by its name, with the family and the prices that go with it. */

import { hash } from 'node:crypto';
import type { ModelChoice } from '../estimator/estimate.ts';
import { type Family, familyOf, unknownFamily } from '../estimator/models.ts';
import type { Catalogue, PricedModel } from '../pricing/catalogue.ts';
import { createLookup } from '../pricing/lookup.ts';
import type { OwnPrice } from '../pricing/ownPrices.ts';

export interface Target {
  readonly choice: ModelChoice;
  readonly family: Family;
  /** `null` for a model without a price list. */
  readonly priced: PricedModel | null;
}

/**
 * @param ownPrices decide what is paid and not what model it is
 * @returns finds a model by any spelling of its name
 */
export function createTargets(
  catalogue: Catalogue,
  ownPrices: readonly OwnPrice[] = [],
): (id: string) => Target {
  const lookup = createLookup(catalogue);
  const lookupPrice = createLookup(catalogue, ownPrices);
  return (id) => ({ ...toTarget(id, lookup(id)?.model ?? null), priced: lookupPrice(id)?.model ?? null });
}

/**
 * The model under its own id, whatever spelling was asked for. Of a model that the catalogue does not know nothing is
 * guessed: it keeps the name it was given, and its estimate the widest margin.
 */
function toTarget(askedId: string, known: PricedModel | null): Omit<Target, 'priced'> {
  const family = known === null ? unknownFamily : familyOf(known.id);
  const choice: ModelChoice = {
    id: known?.id ?? askedId,
    name: known?.name ?? askedId,
    vendor: known?.vendor ?? '',
    contextWindowTokens: known?.contextWindowTokens ?? null,
    isExact: family.weights === null,
  };
  return { choice, family };
}

/** Names all that decides about the counts of a family, for those who keep them: families of one name count alike. */
export function countKeyOf({ encoding, weights }: Family): string {
  return weights === null ? encoding : `${encoding} ${hash('sha1', weights.perFeature.join(' '))}`;
}
