/** A line of Claude Code as programs parse it that expect each field to have one type. */

import {
  fieldOf,
  type LogRecord,
  parseRecord,
  recordOf,
  recordsOf,
  timeOf,
} from '../../../src/agents/fields.ts';

export interface ClaudeLine {
  /** `null` where the log has none. */
  readonly type: string | null;
  readonly atMs: number | null;
  readonly messageId: string | null;
  readonly requestId: string | null;
  readonly sessionId: string | null;
  readonly model: string | null;
  readonly version: string | null;
  readonly isSideChain: boolean;
  readonly usage: LogRecord | null;
  /** Usage of other models inside the response. */
  readonly advisors: readonly LogRecord[];
  /** Dollars, as old versions logged them. */
  readonly cost: number | null;
}

/** `null` where the line is no JSON or a field is of another type than programs expect. */
export function parseClaudeLine(text: string): ClaudeLine | null {
  const record = parseRecord(text);
  return record === null ? null : toClaudeLine(record);
}

export function toClaudeLine(line: LogRecord): ClaudeLine | null {
  const message = recordOf(line, 'message');
  if (message === null && fieldOf(line, 'message') !== null) return null;
  const texts = [
    ...['type', 'timestamp', 'requestId', 'sessionId', 'version'].map((name) => fieldOf(line, name)),
    ...(message === null ? [] : ['id', 'model'].map((name) => fieldOf(message, name))),
  ];
  const usage = message === null ? null : recordOf(message, 'usage');
  const hasForeignUsage = message !== null && usage === null && fieldOf(message, 'usage') !== null;
  if (hasForeignUsage || texts.some((value) => value !== null && typeof value !== 'string')) return null;
  return {
    type: stringOf(line, 'type'),
    atMs: timeOf(line, 'timestamp'),
    messageId: message && stringOf(message, 'id'),
    requestId: stringOf(line, 'requestId'),
    sessionId: stringOf(line, 'sessionId'),
    model: message && stringOf(message, 'model'),
    version: stringOf(line, 'version'),
    isSideChain: fieldOf(line, 'isSidechain') === true,
    usage,
    advisors: usage === null ? [] : recordsOf(usage, 'iterations').filter(isAdvisor),
    cost: numberOf(line, 'costUSD'),
  };
}

export function stringOf(record: LogRecord, name: string): string | null {
  const value = fieldOf(record, name);
  return typeof value === 'string' ? value : null;
}

export function numberOf(record: LogRecord, name: string): number | null {
  const value = fieldOf(record, name);
  return typeof value === 'number' ? value : null;
}

function isAdvisor(iteration: LogRecord): boolean {
  return fieldOf(iteration, 'type') === 'advisor_message' && stringOf(iteration, 'model') !== null;
}
