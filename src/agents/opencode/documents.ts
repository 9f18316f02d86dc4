/** What OpenCode kept before it had a database: a file of JSON for each session and each message. */

import type { AgentId } from '../../domain/agent.ts';
import { epochMsOf, idOf, type LogRecord, nameOf, parseRecord, recordOf } from '../fields.ts';
import type { LogFile, LogFormat, LogLine, Sink } from '../reader.ts';
import { isUnfinished, receiptsOf, timesOf } from './message.ts';
import { factsOf } from './sessions.ts';

/**
 * The steps of a message are files of their own, which cannot be read along with it. Its numbers are those of its last
 * step: of a message of several, which early versions wrote, the others are not known.
 */
export function messageFormat(agent: AgentId): LogFormat {
  return {
    kind: 'document',
    read(log: LogFile, document: LogLine, sink: Sink) {
      const data = parseRecord(document.text());
      const sessionKey = data === null ? null : (idOf(data, 'sessionID') ?? folderOf(log.relativePath));
      if (data === null || sessionKey === null) return sink.refuse('malformed');
      if (nameOf(data, 'role') !== 'assistant') return;
      const { createdMs } = timesOf({ data });
      const claim = beginsAfter(sessionKey, createdMs) ? 'copied' : 'own';
      const [receipt] = receiptsOf({ agent, sessionKey, claim, data, version: 1, projectPath: null }, []);
      if (typeof receipt === 'string') return sink.refuse(receipt);
      if (receipt) sink.receipt(receipt);
      sink.session({
        agent,
        key: sessionKey,
        ...(createdMs !== null && { atMs: createdMs }),
        ...(!isUnfinished(data) && { isTurnOpen: false }),
      });
    },
  };
}

export function sessionFormat(agent: AgentId): LogFormat {
  return {
    kind: 'document',
    read(_log: LogFile, document: LogLine, sink: Sink) {
      const data = parseRecord(document.text());
      const key = data === null ? null : idOf(data, 'id');
      if (data === null || key === null) return sink.refuse('malformed');
      const atMs = epochMsOf(recordOf(data, 'time') ?? {}, 'created');
      sink.session({ ...factsOf(agent, key, toRow(data)), ...(atMs !== null && { atMs }) });
    },
  };
}

function toRow(data: LogRecord): LogRecord {
  return { ...data, parent_id: data.parentID };
}

function folderOf(relativePath: string): string | null {
  return relativePath.split('/').at(-2) ?? null;
}

/** Times in ids go round within some two years. */
const roundMs = 2 ** 36;
const perMs = 4096n;

/**
 * Whether a session began after a time, by its id: the younger the session, the smaller the number in it. Messages
 * from before are copies of another's.
 */
export function beginsAfter(sessionId: string, atMs: number | null): boolean {
  const digits = /^ses_([0-9a-f]{12})[0-9A-Za-z]{14}$/.exec(sessionId)?.[1];
  if (digits === undefined || atMs === null) return false;
  const bornMs = Number((0xffff_ffff_ffffn - BigInt(`0x${digits}`)) / perMs);
  const aheadMs = (bornMs - (atMs % roundMs) + roundMs) % roundMs;
  return aheadMs > 0 && aheadMs < roundMs / 2;
}
