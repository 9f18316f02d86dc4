/** A variance: what was estimated of a piece of a prompt, beside what its receipt says of it. Holds no text. */

import { type AgentId, agentIds } from './agent.ts';
import type { ReceiptId } from './receipt.ts';

/** Who says what a text took: an agent by a receipt, or the model's own tokenizer, which the user asked. */
export type Witness = AgentId | 'tokenizer';

export const witnesses: readonly Witness[] = [...agentIds, 'tokenizer'];

export interface Variance {
  readonly agent: Witness;
  /** The receipt, or the count, that the numbers are of. */
  readonly id: ReceiptId;
  readonly model: string;
  readonly atMs: number;
  readonly projectPath: string | null;
  /**
   * - `addition`: what one turn added to the prompt of the turn before, or a text that was counted
   * - `opening`: the first prompt of a session, of which the log shows only a part
   */
  readonly kind: 'addition' | 'opening';
  /** Of the text that the log shows, before any calibration. */
  readonly estimatedTokens: number;
  readonly billedTokens: number;
  /** What the same rules estimated of a text that never changes: two variances compare only where this is the same. */
  readonly scale: number;
}
