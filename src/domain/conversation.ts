/** A conversation as the log of an agent tells it: what went to the model, and what it was billed for. */

import type { ReceiptId } from './receipt.ts';

/**
 * Text that the model was sent, by who put it there.
 *
 * - `conversation`: the person, the results of tools, and instruction files
 * - `agent`: the agent by itself, such as its lists of tools and skills
 */
export type Author = 'conversation' | 'agent';

/** One step of a conversation, in the order in which the model met them. */
export type Passage =
  | { readonly kind: 'text'; readonly author: Author; readonly text: string }
  | ReplyPassage
  /** Something was sent, or taken back, that the log does not show: what follows cannot be held against what was. */
  | { readonly kind: 'gap' };

/** A response. All that came before it, and is no reply, was new in its prompt. */
export interface ReplyPassage {
  readonly kind: 'reply';
  /** A reply that is told again grew: the last one stands. */
  readonly id: ReceiptId;
  readonly model: string;
  readonly atMs: number;
  /** Working directory of the session; `null` when the log does not tell. */
  readonly projectPath: string | null;
  /** The whole prompt, cached or not. */
  readonly promptTokens: number;
  /** As billed, reasoning included. */
  readonly outputTokens: number;
}
