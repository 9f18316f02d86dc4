/** How a thread of Amp tells calls of tools. */

import { fieldOf, type LogRecord, nameOf, recordOf } from '../fields.ts';
import type { PartDialect, PartResult } from '../partCalls.ts';

export const ampCalls: PartDialect = {
  agent: 'amp',
  messageId: 'messageId',
  callId: 'toolUseID',
  resultOf,
};

function resultOf(part: LogRecord): PartResult | null {
  const run = recordOf(part, 'run');
  if (run === null) return null;
  const result = fieldOf(run, 'result');
  const status = nameOf(run, 'status');
  return {
    ...(status !== '' && { isFailed: status === 'error' || fieldOf(run, 'error') !== null }),
    ...(typeof result === 'string' && { resultBytes: Buffer.byteLength(result) }),
  };
}
