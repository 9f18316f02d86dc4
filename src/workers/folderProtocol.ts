/** What the editor and the folder worker say to each other. */

import type { Pico } from '../domain/money.ts';
import type { Calibration } from '../estimator/calibration.ts';
import type { EncodingName } from '../estimator/encoding.ts';
import type { ModelChoice } from '../estimator/estimate.ts';
import type { Exclude } from '../folders/excludes.ts';
import type { Skipped } from '../folders/tokenTree.ts';
import type { PriceSources, UserPrices } from './priceSources.ts';

/** What the worker is started with, as `workerData`. Absolute paths. */
export interface FolderWorkerData extends PriceSources {
  readonly rankPaths: Readonly<Record<EncodingName, string>>;
  /** Where counts are kept over restarts. */
  readonly cacheFolder: string;
}

/** A folder to count. Absolute paths. */
export interface CountedRoot {
  readonly path: string;
  /** What the patterns are relative to: the workspace folder that the root is in. */
  readonly excludeBase: string;
  readonly excludes: readonly Exclude[];
}

/** What tokens are told for. */
export interface CountedFor {
  readonly model: string;
  /** What the estimator has learned of the model by now. */
  readonly calibration: Calibration | null;
}

export type FolderRequests = {
  /**
   * Counts folders in place of those that were counted before. Answered when it is over, by its end or by `stop` or
   * another `count`; what is counted can be asked for meanwhile.
   */
  readonly count: {
    params: { readonly roots: readonly CountedRoot[] } & CountedFor;
    reply: FolderSummary;
  };
  /** Ends the count; what was counted stays. */
  readonly stop: { params: null; reply: null };
  /** Has what was counted told for another model; `null` when that model needs another count. */
  readonly useModel: { params: CountedFor; reply: FolderSummary | null };
  /** Has the prices read anew, for whatever is told from now on. */
  readonly usePrices: { params: UserPrices; reply: null };
  /** The first rows below a folder, biggest first; the roots themselves below `null`. `null` before any count. */
  readonly children: {
    params: { readonly folder: string | null; readonly limit: number };
    reply: FolderPage | null;
  };
};

/** Sent a few times a second while folders are counted. */
export type FolderEvent = { readonly kind: 'progress'; readonly summary: FolderSummary };

/** Tokens as the model counts them, or is thought to. */
export interface FolderSums {
  readonly tokens: number;
  /** See `Estimate.errorShare`. */
  readonly errorShare: number;
  /** Of sending all of it once with nothing cached; `null` for a model without a price. */
  readonly cost: Pico | null;
  /** Files that were counted. */
  readonly files: number;
  readonly skipped: Skipped;
  /** False while there may be more to count, and for good when the count was stopped. */
  readonly isComplete: boolean;
}

export interface FolderSummary extends FolderSums {
  readonly isCounting: boolean;
  /** Folders that were to be counted. */
  readonly roots: number;
  readonly model: ModelChoice;
  /** Why counts are not kept over restarts; `null` where they are. */
  readonly cacheProblem: string | null;
}

export interface FolderRow extends FolderSums {
  readonly kind: 'folder' | 'file';
  /** As the file system has it: show it as text of a stranger. */
  readonly name: string;
  readonly path: string;
  /** Of the tokens of the folder that it lies in; of a root, of all roots. */
  readonly share: number;
  /** Whether the folder itself could not be read. */
  readonly isUnreadable: boolean;
}

export interface FolderPage {
  readonly rows: readonly FolderRow[];
  /** Rows beyond the limit that was asked for. */
  readonly hidden: number;
}
