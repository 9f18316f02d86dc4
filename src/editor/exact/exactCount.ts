/** What a model's own tokenizer said of a text. */

import type { TextDocument } from 'vscode';
import type { Estimate } from '../../estimator/estimate.ts';
import type { TextSpan } from '../../workers/estimatorProtocol.ts';
import type { KeyVendor } from './apiKeys.ts';

/** Who counts: an extension that VS Code has a model from, an engine that the user named, or the model's maker. */
export type CountSource = 'editor' | 'engine' | KeyVendor;

export interface ExactCount {
  /** An extension in VS Code counts as it likes: its count may be an estimate of its own. */
  readonly source: CountSource;
  /** As the counter knows it; empty for the one model that an engine has. */
  readonly model: string;
  /** What the estimator says of the same text; `null` when it does not know the model, or the text changed meanwhile. */
  readonly predicted: Estimate | null;
  /** Tokens of the text alone, unless `isFramed`. */
  readonly actualTokens: number;
  /** Whether what the counter adds to a text is in it, because nobody knows how much that is. */
  readonly isFramed: boolean;
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
