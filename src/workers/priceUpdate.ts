/**
 * Takes a newer price catalogue that was downloaded: read as strictly as the one of the build, and kept whole or not
 * at all.
 */

import { createHash } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { buildCatalogue, providerIds } from '../pricing/buildCatalogue.ts';
import type { Catalogue } from '../pricing/catalogue.ts';
import type { CatalogueJson } from '../pricing/catalogueJson.ts';
import type { GenaiProvider } from '../pricing/genaiPrices.ts';
import { parseCatalogue } from '../pricing/parseCatalogue.ts';

/** What an update did to the models that have a price. */
export interface PriceChanges {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/**
 * - `same`: it says what is known already
 * - `older`: it knows no model that is not known, and lacks some that are
 * - `malformed`: it is not the list that was expected
 * - `notKept`: it could not be written beside the ledger
 */
export type PriceUpdate =
  | ({ readonly kind: 'updated' } & PriceChanges)
  | { readonly kind: 'same' }
  | { readonly kind: 'older'; readonly lacking: number }
  | { readonly kind: 'malformed'; readonly detail: string }
  | { readonly kind: 'notKept'; readonly detail: string };

export interface TakenUpdate {
  readonly update: PriceUpdate;
  /** What to go by from now on, where that changes. */
  readonly catalogue: Catalogue | null;
}

/** The catalogues that an update is held against. */
export interface PresentPrices {
  readonly bundled: Catalogue;
  readonly present: Catalogue;
}

/**
 * @param json the data of `@pydantic/genai-prices`, as it publishes them
 * @param path where to keep the catalogue; `null` where nothing is kept
 */
export function takeUpdate(json: Uint8Array, prices: PresentPrices, path: string | null): TakenUpdate {
  try {
    const built = build(json);
    const catalogue = parseCatalogue(JSON.parse(JSON.stringify(built)));
    const update = compare(prices.present, catalogue);
    return update.kind === 'updated'
      ? keep(built, catalogue, update, prices, path)
      : { update, catalogue: null };
  } catch (error) {
    return { update: { kind: 'malformed', detail: detailOf(error) }, catalogue: null };
  }
}

/** @throws what says what is wrong about the data */
function build(json: Uint8Array): CatalogueJson {
  const data: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  if (!Array.isArray(data)) throw new RangeError('no list of providers');
  const providers = providerIds.map((id) => {
    const provider = (data as readonly GenaiProvider[]).find((one) => one?.id === id);
    if (provider === undefined || provider.models.length === 0) throw new RangeError(`nothing of ${id}`);
    return provider;
  });
  return buildCatalogue(providers, digest).catalogue;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

function compare(present: Catalogue, next: Catalogue): PriceUpdate {
  if (present.version === next.version) return { kind: 'same' };
  const before = new Map(present.models.map((model) => [model.id, model]));
  const ids = new Set(next.models.map(({ id }) => id));
  const added = next.models.filter(({ id }) => !before.has(id)).length;
  const removed = present.models.filter(({ id }) => !ids.has(id)).length;
  if (added === 0 && removed > 0) return { kind: 'older', lacking: removed };
  const changed = next.models.filter(({ id, cards }) => {
    const known = before.get(id);
    return known !== undefined && !isDeepStrictEqual(known.cards, cards);
  }).length;
  return { kind: 'updated', added, changed, removed };
}

/** What equals the bundled catalogue needs no file of its own. */
function keep(
  built: CatalogueJson,
  catalogue: Catalogue,
  update: PriceUpdate,
  { bundled }: PresentPrices,
  path: string | null,
): TakenUpdate {
  try {
    if (path === null) throw new Error('the ledger is in memory');
    if (catalogue.version === bundled.version) forgetUpdate(path);
    else writeWhole(path, JSON.stringify({ inPlaceOf: bundled.version, catalogue: built }));
    return { update, catalogue };
  } catch (error) {
    return { update: { kind: 'notKept', detail: detailOf(error) }, catalogue: null };
  }
}

/** Whoever reads it meanwhile, or after a crash, finds the file as it was before or as it is now. */
function writeWhole(path: string, text: string): void {
  const draft = `${path}.${process.pid}.new`;
  try {
    writeFileSync(draft, text, { flush: true });
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Goes back to the bundled catalogue. */
export function forgetUpdate(path: string): void {
  rmSync(path, { force: true });
}

function detailOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
