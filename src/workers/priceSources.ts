/** Where a worker has its prices from: the catalogue of the build or a newer one, and the user's own. */

import { readFileSync } from 'node:fs';
import type { Catalogue } from '../pricing/catalogue.ts';
import { fields, type Shape, text } from '../pricing/jsonShape.ts';
import { type OwnPrice, parseOwnPrices } from '../pricing/ownPrices.ts';
import { parseCatalogue } from '../pricing/parseCatalogue.ts';

/** What the user has prices from, beside the catalogue of the build. */
export interface UserPrices {
  /** Where a newer one may be that the user had downloaded, see `priceUpdate.ts`. */
  readonly updatedPath?: string;
  /** As the setting has them, see `pricing/ownPrices.ts`. */
  readonly ownPrices?: Readonly<Record<string, unknown>>;
}

/** A part of what workers are started with. */
export interface PriceSources extends UserPrices {
  /** The price catalogue that the build wrote. */
  readonly cataloguePath: string;
}

export interface LoadedPrices {
  readonly catalogue: Catalogue;
  readonly ownPrices: readonly OwnPrice[];
}

export function loadPrices({ cataloguePath, updatedPath, ownPrices }: PriceSources): LoadedPrices {
  const bundled = loadBundled(cataloguePath);
  const catalogue = (updatedPath === undefined ? null : loadUpdated(updatedPath, bundled)) ?? bundled;
  return { catalogue, ownPrices: parseOwnPrices(ownPrices, catalogue).prices };
}

export function loadBundled(cataloguePath: string): Catalogue {
  return parseCatalogue(JSON.parse(readFileSync(cataloguePath, 'utf8')));
}

/**
 * The downloaded catalogue; `null` where there is none, or none to go by. It is left when the extension brings another
 * catalogue of its own than the one that it was downloaded in place of: that one may be newer, and has our own cards.
 */
export function loadUpdated(updatedPath: string, bundled: Catalogue): Catalogue | null {
  try {
    const { inPlaceOf, catalogue } = fields(JSON.parse(readFileSync(updatedPath, 'utf8')), 'prices', shape);
    return inPlaceOf === bundled.version ? catalogue : null;
  } catch {
    return null;
  }
}

/** The file: the version of the catalogue that it is in place of, and the catalogue. */
interface Updated {
  readonly inPlaceOf: string;
  readonly catalogue: Catalogue;
}

const shape: { readonly [Name in keyof Updated]: Shape<Updated[Name]> } = {
  inPlaceOf: text,
  catalogue: (json) => parseCatalogue(json),
};
