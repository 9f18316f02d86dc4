/** How the folder worker answers: one set of folders is counted at a time, and kept as it was counted last. */

import { CharacterClasses } from '../estimator/characters.ts';
import type { EncodingName, LoadedEncoding } from '../estimator/encoding.ts';
import { keepEncodings } from '../estimator/familyEncodings.ts';
import { SafeCuts } from '../estimator/safeCuts.ts';
import type { CountCache } from '../folders/countCache.ts';
import { bufferBytes, type CountTools } from '../folders/countFile.ts';
import type { Disk } from '../folders/disk.ts';
import type { Catalogue } from '../pricing/catalogue.ts';
import type { OwnPrice } from '../pricing/ownPrices.ts';
import type { Handlers } from './channel.ts';
import { Coalescer } from './coalescer.ts';
import { FolderCount } from './folderCount.ts';
import type { FolderEvent, FolderPage, FolderRequests, FolderSummary } from './folderProtocol.ts';
import { addUp, type FolderTarget, toPage, toRootPage, toSums } from './folderRows.ts';
import type { LoadedPrices, UserPrices } from './priceSources.ts';
import { countKeyOf, createTargets, type Target } from './targets.ts';

export interface FolderParts {
  readonly catalogue: Catalogue;
  /** The user's; none where it is left out. */
  readonly ownPrices?: readonly OwnPrice[];
  /** Reads what the user has prices from. */
  loadPrices(prices: UserPrices): LoadedPrices;
  readonly disk: Disk;
  loadEncoding(name: EncodingName): LoadedEncoding;
  /** Called once, before the first count. */
  openCache(): CountCache;
  now(): number;
  /** Lets other messages be read before a long count goes on. */
  pause(): Promise<void>;
  send(event: FolderEvent): void;
}

const progressEveryMs = 250;

/** What is counted, or was last, and the model that it is told for. */
interface Counted {
  readonly count: FolderCount;
  target: FolderTarget;
}

export function createFolderHandlers(parts: FolderParts): Handlers<FolderRequests> {
  let targetOf = createTargets(parts.catalogue, parts.ownPrices);
  const encodings = keepEncodings(parts.loadEncoding);
  const cuts = new SafeCuts(new CharacterClasses());
  let cache: CountCache | undefined;
  let counted: Counted | undefined;

  const toolsFor = ({ family }: Target, kept: CountCache): CountTools => ({
    disk: parts.disk,
    cache: kept,
    encodingKey: countKeyOf(family),
    encoding: () => encodings.tokens(family),
    cuts,
    buffer: new Uint8Array(bufferBytes),
  });
  const summaryOf = (told: Counted) => summarize(told, cache?.problem ?? null, parts.now());

  return {
    async count({ roots, model, calibration }) {
      counted?.count.stop();
      cache ??= parts.openCache();
      const target = { ...targetOf(model), calibration };
      const own: Counted = { count: new FolderCount(roots, toolsFor(target, cache)), target };
      counted = own;
      const progress = new Coalescer(progressEveryMs, () => {
        if (counted === own) parts.send({ kind: 'progress', summary: summaryOf(own) });
      });
      try {
        await own.count.run(() => {
          progress.request();
          return parts.pause();
        });
      } finally {
        progress.stop();
        cache.settle();
      }
      return summaryOf(own);
    },
    stop() {
      counted?.count.stop();
      return null;
    },
    useModel({ model, calibration }) {
      const target = { ...targetOf(model), calibration };
      if (counted?.count.encodingKey !== countKeyOf(target.family)) return null;
      counted.target = target;
      return summaryOf(counted);
    },
    usePrices(prices) {
      const { catalogue, ownPrices } = parts.loadPrices(prices);
      targetOf = createTargets(catalogue, ownPrices);
      return null;
    },
    children({ folder, limit }) {
      return counted === undefined ? null : pageOf(counted, folder, limit, parts.now());
    },
  };
}

function summarize({ count, target }: Counted, cacheProblem: string | null, atMs: number): FolderSummary {
  return {
    ...toSums(addUp(count.trees), target, atMs),
    isCounting: count.isCounting,
    roots: count.trees.length,
    model: target.choice,
    cacheProblem,
  };
}

function pageOf({ count, target }: Counted, path: string | null, limit: number, atMs: number): FolderPage {
  if (path === null) return toRootPage(count.trees, target, atMs);
  const folder = count.find(path);
  return folder === undefined ? { rows: [], hidden: 0 } : toPage(folder, limit, target, atMs);
}
