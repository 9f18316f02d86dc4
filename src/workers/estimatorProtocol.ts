/** What the editor and the estimator worker say to each other. */

import type { EncodingName } from '../estimator/encoding.ts';
import type { Estimate, ModelChoice } from '../estimator/estimate.ts';
import type { ProjectedCost } from '../pricing/projectedCost.ts';
import type { ContextQuery, ContextReply } from './contextProtocol.ts';

/** What the worker is started with, as `workerData`. Absolute paths. */
export interface EstimatorOptions {
  /** The price catalogue that the build wrote. */
  readonly cataloguePath: string;
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
  readonly text: string;
}

export type EstimatorRequests = {
  /** The models that can be counted for, in the order to show them. */
  readonly models: { params: null; reply: readonly ModelChoice[] };
  /** Starts following a document; `text` may be its first slice only. */
  readonly openDocument: { params: { readonly uri: string; readonly text: string }; reply: null };
  /** Adds the next slice of a document that is being opened. */
  readonly appendText: { params: { readonly uri: string; readonly text: string }; reply: null };
  /** Edits in the order in which they apply, each in terms of the text before it. */
  readonly editDocument: {
    params: { readonly uri: string; readonly edits: readonly TextEdit[] };
    reply: null;
  };
  readonly closeDocument: { params: { readonly uri: string }; reply: null };
  readonly estimate: { params: EstimateQuery; reply: EstimateReply };
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
}

export type EstimateReply =
  | { readonly kind: 'estimate'; readonly estimate: Estimate; readonly cost: ProjectedCost | null }
  /** The worker's text is not the caller's: open the document again. */
  | { readonly kind: 'outOfStep' };

/** A document of which the last estimate was in part a guess has been counted: it is worth asking again. */
export type EstimatorEvent = { readonly kind: 'settled'; readonly uri: string };
