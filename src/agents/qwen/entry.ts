/** A line of a chat with the session that it belongs to. */

import { idOf, isTrue, type LogRecord, nameOf, recordOf, timeOf } from '../fields.ts';

export interface Entry {
  readonly record: LogRecord;
  readonly type: string;
  readonly atMs: number | null;
  /** The session or sub-agent that made it. */
  readonly key: string;
  readonly agentId: string | null;
  /** Of a sub-agent: the session that it works for. */
  readonly parentKey: string | null;
  /** Whether a fork copied it. */
  readonly claim: 'own' | 'copied';
}

/** @param lastKey the session of the line above, for a line that names none */
export function toEntry(record: LogRecord, lastKey: string): Entry {
  const origin = recordOf(record, 'forkedFrom');
  const madeBy = origin === null ? null : idOf(origin, 'sessionId');
  const session = madeBy ?? idOf(record, 'sessionId') ?? lastKey;
  const agentId = isTrue(record, 'isSidechain') ? idOf(record, 'agentId') : null;
  return {
    record,
    type: nameOf(record, 'type'),
    atMs: timeOf(record, 'timestamp'),
    key: agentId === null ? session : `${session}/${agentId}`,
    agentId,
    parentKey: agentId === null ? null : session,
    claim: madeBy === null ? 'own' : 'copied',
  };
}
