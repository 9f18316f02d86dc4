/** Calls of tools that models ask for. What went in and came out is never kept: a name, a hash, a size and an outcome. */

import type { AgentId } from './agent.ts';
import type { ReceiptId } from './receipt.ts';

/** One statement about a call. Its result may be told later, and by another file: statements are merged field by field. */
export interface ToolCall {
  readonly agent: AgentId;
  /** The response that asked for the call. */
  readonly receipt: ReceiptId;
  /** What the agent calls it, unique within the response; its position there where it has no name. */
  readonly id: string;
  /** Name of the tool. */
  readonly name?: string;
  /**
   * As logged, as text or in UTF-8, or a digest of it. Only its hash is kept, to know the same call again; bytes are
   * looked at while the statement is taken and not after.
   */
  readonly input?: string | Uint8Array;
  /**
   * UTF-8 bytes of the result as the model was given it, as far as the log tells. A reader may measure long ones by
   * samples, and then says how near it comes.
   */
  readonly resultBytes?: number;
  readonly isFailed?: boolean;
}
