/**
 * Reads a log for what was said in it rather than for what was spent. Kept apart from the readers of receipts: only
 * calibration asks, seldom, and of the ends of few logs.
 */

import type { Passage } from '../domain/conversation.ts';

/** One log, read line by line from its start or from any line in it. */
export interface ConversationParser {
  /**
   * What a complete line tells, in order. Never throws: what it does not understand, and might have been sent, is a
   * gap.
   */
  read(line: string): readonly Passage[];
}

export interface ConversationReader {
  open(): ConversationParser;
}
