/** A variance: what was estimated of a piece of a prompt, beside what its receipt says of it. Holds no text. */

import type { AgentId } from './agent.ts';
import type { ReceiptId } from './receipt.ts';

export interface Variance {
  readonly agent: AgentId;
  /** The receipt that the numbers are of. */
  readonly id: ReceiptId;
  readonly model: string;
  readonly atMs: number;
  readonly projectPath: string | null;
  /**
   * - `addition`: what one turn added to the prompt of the turn before
   * - `opening`: the first prompt of a session, of which the log shows only a part
   */
  readonly kind: 'addition' | 'opening';
  /** Of the text that the log shows, before any calibration. */
  readonly estimatedTokens: number;
  readonly billedTokens: number;
  /** What the same rules estimated of a text that never changes: two variances compare only where this is the same. */
  readonly scale: number;
}
