/**
 * Puts the catalogue together: our own cards first, then the bundled package's, each with the factors of its terms.
 *
 * At build time:
 *
 * ```js
 * import { createHash } from 'node:crypto';
 * import { findProvider } from '@pydantic/genai-prices';
 * import { buildCatalogue, providerIds } from './src/pricing/buildCatalogue.ts';
 *
 * const providers = providerIds.map((providerId) => findProvider({ providerId }));
 * const digest = (text) => createHash('sha256').update(text).digest('hex').slice(0, 12);
 * writeFileSync('dist/catalogue.json', JSON.stringify(buildCatalogue(providers, digest).catalogue));
 * ```
 */

import { type CatalogueJson, catalogueFormat, type ModelJson } from './catalogueJson.ts';
import { type Conversion, type ConvertedModel, convertProvider, type GenaiProvider } from './genaiPrices.ts';
import { overrides } from './overrides.ts';
import { factorsOf, searchFees } from './termRules.ts';

/**
 * The makers of models whose prices we keep, in the order in which they claim a name. Clouds that resell them are not
 * here: their names are spellings of the makers' (`modelNames.ts`), and their surcharge is a factor.
 */
export const providerIds = [
  'anthropic',
  'openai',
  'google',
  'x-ai',
  'deepseek',
  'mistral',
  'moonshotai',
  'zai',
  'minimax',
] as const;

export interface Build extends Pick<Conversion, 'leftOut' | 'rounded'> {
  readonly catalogue: CatalogueJson;
}

/**
 * @param providers what the package has for each of {@link providerIds}, in that order
 * @param digest a hash of a text, which becomes the version
 */
export function buildCatalogue(
  providers: readonly (GenaiProvider | undefined)[],
  digest: (text: string) => string,
): Build {
  const conversions = providers.flatMap((provider) =>
    provider === undefined ? [] : [convertProvider(provider)],
  );
  const claimed = new Set<string>();
  const models = [
    ...overrides.map((override) => override.model),
    ...conversions.flatMap((conversion) => conversion.models),
  ].flatMap((model) => claim(model, claimed));
  return {
    catalogue: { format: catalogueFormat, version: digest(JSON.stringify(models)), models },
    leftOut: conversions.flatMap((conversion) => conversion.leftOut),
    rounded: conversions.flatMap((conversion) => conversion.rounded),
  };
}

/** The model with the names that are still free; nothing when another maker's or an override has its id. */
function claim(model: ConvertedModel, claimed: Set<string>): ModelJson[] {
  if (claimed.has(model.id)) return [];
  const aliases = model.aliases.filter((alias) => !claimed.has(alias));
  for (const name of [model.id, ...aliases]) claimed.add(name);
  const cards = model.cards.map((card) => ({
    ...card,
    webSearch: card.webSearch ?? searchFees[model.vendor] ?? null,
  }));
  return [{ ...model, aliases, cards, factors: factorsOf(model) }];
}
