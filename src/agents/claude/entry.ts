/** A line of a transcript with the session that it belongs to. */

import type { Claim } from '../../domain/receipt.ts';
import { idOf, isTrue, type LogRecord, nameOf, recordOf, timeOf } from '../fields.ts';
import type { ReadLine } from './bareLine.ts';
import { keyOf, ownerOf, type TranscriptPlace } from './place.ts';

export interface Entry {
  readonly line: LogRecord;
  readonly text: string;
  /** See {@link ReadLine}. */
  readonly input: Uint8Array | null;
  readonly type: string;
  readonly atMs: number | null;
  /** The session's own id, the outermost one's for a sub-agent. */
  readonly rootKey: string;
  /** The session or sub-agent whose transcript this is. */
  readonly key: string;
  readonly isSubAgent: boolean;
  /** The session that made the request, where a fork brought the line here, and the outermost one of that. */
  readonly madeByKey: string;
  readonly madeByRootKey: string;
  readonly claim: Claim;
  /** A branch copied the line from that session as it was. Other forks write what they copy as if it were of now. */
  readonly isBranched: boolean;
}

/** @param lastSessionId the last one logged above, for lines that bear none */
export function toEntry(
  { record: line, text, input }: ReadLine,
  place: TranscriptPlace,
  lastSessionId: string | null,
): Entry {
  const { rootKey, agentId, isSideChain } = ownerOf(place, {
    sessionId: idOf(line, 'sessionId') ?? lastSessionId ?? place.stem,
    isSideChain: isTrue(line, 'isSidechain'),
    agentId: idOf(line, 'agentId'),
  });
  const source = forkedFrom(line);
  const madeBy = idOf(line, 'requestSessionId') ?? source ?? rootKey;
  const isCopied = madeBy !== rootKey;
  return {
    line,
    text,
    input,
    type: typeOf(line),
    atMs: timeOf(line, 'timestamp'),
    rootKey,
    key: keyOf(rootKey, agentId),
    isSubAgent: agentId !== null,
    madeByKey: keyOf(madeBy, agentId),
    madeByRootKey: madeBy,
    claim: isCopied ? 'copied' : isSideChain ? 'sideChain' : 'own',
    isBranched: isCopied && source === madeBy,
  };
}

/**
 * The session that a line was copied from. Forks mark all that they copy with it, or since 2.1 what `--fork-session` copies
 * of responses with the session that asked for them, which of a fork's fork is the better word.
 */
function forkedFrom(line: LogRecord): string | null {
  const source = recordOf(line, 'forkedFrom');
  return source && idOf(source, 'sessionId');
}

/** Lines of the first versions have no type of their own. */
function typeOf(line: LogRecord): string {
  const type = nameOf(line, 'type');
  const message = type === '' ? recordOf(line, 'message') : null;
  return message === null ? type : nameOf(message, 'role');
}
