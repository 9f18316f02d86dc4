/** What the editor and the estimator worker say to each other about all that a prompt would send. */

import type { PromptAgentId } from '../domain/promptAgent.ts';
import type { Awaited } from '../estimator/context/awaited.ts';
import type { Part } from '../estimator/context/parts.ts';
import type { Estimate } from '../estimator/estimate.ts';
import type { ProjectedCost } from '../pricing/projectedCost.ts';
import type { EstimateQuery } from './estimatorProtocol.ts';

export interface ContextQuery extends EstimateQuery {
  readonly agent: PromptAgentId;
  /** Path of the document; `null` while it is not saved. This path and those below are spelled as the machine does. */
  readonly document: string | null;
  /** The folder that the agent works in. */
  readonly folder: string;
  readonly folders: readonly string[];
  /** Documents with changes that are not saved. */
  readonly unsaved: readonly UnsavedDocument[];
  /** What the user decided of parts, by their ids: whether they are included. */
  readonly choices: Readonly<Record<string, boolean>>;
}

export interface UnsavedDocument {
  readonly path: string;
  readonly uri: string;
  /** A guard, as in {@link EstimateQuery}. */
  readonly length: number;
}

export interface CountedPart extends Part {
  /** `null` where they are not known; a part that is not there takes 0. */
  readonly tokens: number | null;
  /** See {@link Estimate.errorShare}. */
  readonly errorShare: number;
  readonly isIncluded: boolean;
}

/** What is sent beside all texts: what a message takes as such, and what the agent says before it. */
export interface Overhead {
  readonly kind: 'frame' | 'baseline';
  /** `null` where nothing has been learned of it. */
  readonly tokens: number | null;
  /** See {@link Estimate.errorShare}. */
  readonly errorShare: number;
}

/** A prompt with all its parts. */
export interface ContextEstimate {
  readonly agent: PromptAgentId;
  /** Of the document or the selection itself. */
  readonly text: Estimate;
  readonly parts: readonly CountedPart[];
  readonly overheads: readonly Overhead[];
  /** Tokens of the overheads and of the parts that are included and known. */
  readonly addedTokens: number;
  /** Whether something that is included has no count, so that the sums are the least that is sent. */
  readonly isLeast: boolean;
  /** Text and parts together. */
  readonly whole: Estimate;
  readonly cost: ProjectedCost | null;
  /** Whether the prompt is longer, or names more files, than is looked at. */
  readonly isCut: boolean;
  /** Whether there was no time for all: parts may have no count, or not be found yet. It is worth asking again. */
  readonly isUnfinished: boolean;
  /** What the agent would load beside the parts if it came to be. */
  readonly awaited: Awaited;
}

export type ContextReply =
  | { readonly kind: 'context'; readonly context: ContextEstimate }
  /** As for an estimate. */
  | { readonly kind: 'outOfStep' };
