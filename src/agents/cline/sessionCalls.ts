/** How a session of Cline tells calls of tools. */

import { fieldOf, isTrue, type LogRecord } from '../fields.ts';
import type { PartDialect, PartResult } from '../partCalls.ts';

export const sessionCalls: PartDialect = {
  agent: 'cline',
  messageId: 'id',
  callId: 'tool_use_id',
  resultOf,
};

function resultOf(part: LogRecord): PartResult {
  const content = fieldOf(part, 'content');
  return {
    isFailed: isTrue(part, 'is_error'),
    ...(typeof content === 'string' && { resultBytes: Buffer.byteLength(content) }),
  };
}
