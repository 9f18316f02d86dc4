/** The parts of a prompt beside its own text, before and after they are counted. */

import type { Count } from '../encoding.ts';
import type { ImageSize } from '../images.ts';
import type { LineSpan } from './references.ts';

/** Why a part is there. */
export type Reason =
  /** The prompt names it, on this line. */
  | { readonly kind: 'named'; readonly line: number }
  /** The agent loads it always. */
  | { readonly kind: 'loaded' }
  /** The agent loads it because a file that is sent lies near it, or fits its patterns. */
  | { readonly kind: 'matched' }
  /** The agent sees its description, and fetches it when it thinks fit. */
  | { readonly kind: 'agentDecides' }
  | { readonly kind: 'imported'; readonly by: string };

/** Why a part has no count. */
export type Problem =
  | 'missing'
  /** Outside the workspace: it is not looked at. */
  | 'outOfReach'
  | 'tooLarge'
  | 'notText'
  | 'unreadable'
  /** There was no time yet: it is counted when it is asked for again. */
  | 'late';

export type Content =
  | {
      readonly kind: 'text';
      readonly count: Count;
      /** Whether it is counted as the editor shows it, with changes that are not saved. */
      readonly isLive: boolean;
      /** Bytes beyond the agent's own limit, which it leaves out. */
      readonly bytesLeftOut: number;
    }
  /** The names of what is in a folder. */
  | { readonly kind: 'names'; readonly count: Count }
  | { readonly kind: 'image'; readonly size: ImageSize | null }
  | { readonly kind: 'problem'; readonly problem: Problem };

export interface Part {
  /** The same for the same part of the next assembly. */
  readonly id: string;
  readonly group: 'instructions' | 'named';
  /** Absolute, with slashes; a missing one as it would be. */
  readonly path: string;
  readonly lines: LineSpan | null;
  readonly reason: Reason;
  /** Whether the agent sends it by itself: else it may read it later, or not. */
  readonly isSent: boolean;
  readonly content: Content;
}

export interface Assembly {
  readonly parts: readonly Part[];
  /** Whether the prompt names more than is looked for: the sum is less than what is sent. */
  readonly isCut: boolean;
  /** Whether there was no time to look for all of it: it is worth assembling again. */
  readonly isUnfinished: boolean;
}
