/** What a model's own tokenizer said of a text. */

import type { TextDocument } from 'vscode';
import type { Variance } from '../../domain/variance.ts';
import type { Estimate } from '../../estimator/estimate.ts';
import type { TextSpan, Uncalibrated } from '../../workers/estimatorProtocol.ts';
import type { KeyVendor } from './apiKeys.ts';

/** Who counts: an extension that VS Code has a model from, an engine that the user named, or the model's maker. */
export type CountSource = 'editor' | 'engine' | KeyVendor;

export interface Predicted {
  readonly estimate: Estimate;
  readonly uncalibrated: Uncalibrated;
  readonly projectPath: string | null;
}

export interface ExactCount {
  /** An extension in VS Code counts as it likes: its count may be an estimate of its own. */
  readonly source: CountSource;
  /** As the counter knows it; empty for the one model that an engine has. */
  readonly model: string;
  /** What the estimator says of the same text; `null` when it does not know the model, or the text changed meanwhile. */
  readonly predicted: Predicted | null;
  /** Tokens of the text alone, unless `isFramed`. */
  readonly actualTokens: number;
  /** Whether what the counter adds to a text is in it, because nobody knows how much that is. */
  readonly isFramed: boolean;
}

/**
 * The count as a variance that calibrates estimates; `undefined` where it teaches nothing: an extension counts as it
 * likes, a frame of unknown size is no text, and what is exact needs no calibration.
 */
export function toVariance(count: ExactCount, atMs: number): Variance | undefined {
  const { source, model, predicted, actualTokens: billedTokens, isFramed } = count;
  if (source === 'editor' || isFramed || predicted === null || predicted.estimate.model.isExact)
    return undefined;
  const { estimate, uncalibrated, projectPath } = predicted;
  return {
    agent: 'tokenizer',
    id: { response: `${source} ${model} ${atMs}`, request: '' },
    model: estimate.model.id,
    atMs,
    projectPath,
    kind: 'addition',
    estimatedTokens: uncalibrated.tokens,
    billedTokens,
    scale: uncalibrated.scale,
  };
}

/** What a count is of, and what is said of it. */
export interface CountNote {
  readonly document: TextDocument;
  readonly version: number;
  /** Counted in place of the document where not empty. */
  readonly spans: readonly TextSpan[];
  /** Plain text. */
  readonly text: string;
}
