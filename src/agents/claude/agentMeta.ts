/** The note that lies beside a sub-agent's transcript and tells what it was started for, before its result does. */

import type { SessionFacts } from '../../domain/session.ts';
import { type LogRecord, nameOf, parseRecord, textOf } from '../fields.ts';
import type { DocumentFormat } from '../reader.ts';
import { placeOf } from './place.ts';
import { titled } from './titles.ts';

export const agentMeta: DocumentFormat = {
  kind: 'document',
  read(log, document, sink) {
    const note = parseRecord(document.text());
    const { agentId, rootKey } = placeOf(log.relativePath);
    if (note === null) sink.refuse('malformed');
    // In the old layout nothing but the transcript tells whose sub-agent it is.
    else if (agentId !== null && rootKey !== null) sink.session(factsOf(note, agentId, rootKey));
  },
};

function factsOf(note: LogRecord, agentId: string, rootKey: string): SessionFacts {
  const role = nameOf(note, 'agentType');
  const title = titled(textOf(note, 'description'), 'generated');
  return {
    agent: 'claude-code',
    key: `${rootKey}/${agentId}`,
    parentKey: rootKey,
    isParentGuessed: true,
    ...(role !== '' && { role }),
    ...(title && { title }),
  };
}
