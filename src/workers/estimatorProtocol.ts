/** What the editor and the estimator worker say to each other. */

import type { Variance } from '../domain/variance.ts';
import type { Baseline } from '../estimator/baseline.ts';
import type { Calibration } from '../estimator/calibration.ts';
import type { EncodingName } from '../estimator/encoding.ts';
import type { Estimate, ModelChoice } from '../estimator/estimate.ts';
import type { ProjectedCost } from '../pricing/projectedCost.ts';
import type { ContextQuery, ContextReply } from './contextProtocol.ts';
import type { PriceSources } from './priceSources.ts';
import type { LogRef } from './varianceSearch.ts';

/** What the worker is started with, as `workerData`. Absolute paths. */
export interface EstimatorOptions extends PriceSources {
  /** The vocabularies of the encodings: modules as `js-tiktoken/ranks/` has them, loaded when first counted with. */
  readonly rankPaths: Readonly<Record<EncodingName, string>>;
}

/** A span of a document in UTF-16 code units: from `start` up to but not including `end`. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** One replaced span, as VS Code's `TextDocumentContentChangeEvent` tells it. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  /** What takes its place; or its length, of a text that is too long for a message: the worker asks for it. */
  readonly text: string | number;
}

/** Text of a document, from `offset` on. */
export interface TextPiece {
  readonly offset: number;
  readonly text: string;
}

export type EstimatorRequests = {
  /** The models that can be counted for, in the order to show them. */
  readonly models: { params: null; reply: readonly ModelChoice[] };
  /** Starts following a document; `text` may be its first slice only. */
  readonly openDocument: {
    params: {
      readonly uri: string;
      readonly text: string;
      /** Length of what follows `text`, which the worker asks for; nothing where it is left out. */
      readonly restLength?: number;
    };
    reply: null;
  };
  /** Text that was wanted, of the document as it is after so many edits. */
  readonly supplyText: {
    params: { readonly uri: string; readonly version: number; readonly pieces: readonly TextPiece[] };
    reply: null;
  };
  /** Edits in the order in which they apply, each in terms of the text before it. */
  readonly editDocument: {
    params: { readonly uri: string; readonly edits: readonly TextEdit[] };
    reply: null;
  };
  readonly closeDocument: { params: { readonly uri: string }; reply: null };
  readonly estimate: { params: EstimateQuery; reply: EstimateReply };
  /** Looks through the ends of a log for what calibrates estimates. */
  readonly findVariances: { params: { readonly log: LogRef }; reply: readonly Variance[] };
  /** What receipts taught about estimates for a model in a project; `null` before the first, and where counts are exact. */
  readonly calibration: {
    params: { readonly model: string; readonly projectPath: string | null };
    reply: Calibration | null;
  };
  /** Calibrates all estimates from now on by these variances and no others. */
  readonly calibrate: { params: { readonly variances: readonly Variance[] }; reply: null };
  /** All that sending the text with an agent would send. */
  readonly context: { params: ContextQuery; reply: ContextReply };
};

export interface EstimateQuery {
  readonly uri: string;
  readonly model: string;
  /** Counted in place of the document where not empty. */
  readonly spans: readonly TextSpan[];
  /** Length that the caller's document has now: a guard against an edit that went astray. */
  readonly length: number;
  readonly atMs: number;
  /** Folder whose sessions the baselines are of, where it has any. */
  readonly projectPath: string | null;
}

/** An estimate as it is before receipts, as variances compare it. */
export interface Uncalibrated {
  readonly tokens: number;
  /** See `Variance.scale`. */
  readonly scale: number;
}

export type EstimateReply =
  | {
      readonly kind: 'estimate';
      readonly estimate: Estimate;
      readonly cost: ProjectedCost | null;
      /** What the estimate is calibrated by; `null` where it is not, or need not be. */
      readonly calibration: Calibration | null;
      readonly uncalibrated: Uncalibrated;
      /** What agents would send along by themselves, as far as it has been learned for this family of models. */
      readonly baselines: readonly Baseline[];
    }
  /** The worker's text is not the caller's: open the document again. */
  | { readonly kind: 'outOfStep' }
  | TextWanted;

/** The worker lacks text of the document as it is after so many edits: supply it, then ask again. */
export interface TextWanted {
  readonly kind: 'textWanted';
  readonly version: number;
  /** Not always all that is lacking: what can be read at a time. */
  readonly spans: readonly TextSpan[];
}

/** A document of which the last estimate was in part a guess has been counted: it is worth asking again. */
export type EstimatorEvent = { readonly kind: 'settled'; readonly uri: string };
