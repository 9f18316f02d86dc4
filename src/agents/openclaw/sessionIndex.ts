/** The index of an agent's sessions: what they are called, which started which, and who worked for them. */

import type { AgentId } from '../../domain/agent.ts';
import { type SessionFacts, toTitle } from '../../domain/session.ts';
import { idOf, isRecord, type LogRecord, parseRecord, recordOf, textOf } from '../fields.ts';
import type { DocumentFormat, Sink } from '../reader.ts';

/** Its counts of tokens roll on and are no sums: the sessions' own files have them. */
export const sessionIndex: DocumentFormat = {
  kind: 'document',
  read(_log, document, sink) {
    const index = parseRecord(document.text());
    if (index === null) sink.refuse('malformed');
    else takeIndex(new Map(Object.entries(index).filter(isEntry)), sink);
  },
};

/** Sessions by the name that OpenClaw has for the conversation, such as `agent:main:main`. */
type Index = ReadonlyMap<string, LogRecord>;

function isEntry(entry: [string, unknown]): entry is [string, LogRecord] {
  return isRecord(entry[1]);
}

function takeIndex(index: Index, sink: Sink): void {
  for (const entry of index.values()) {
    const key = idOf(entry, 'sessionId');
    if (key === null) continue;
    sink.session({ agent: 'openclaw', key, ...titleOf(entry), ...parentOf(entry, key, index) });
    for (const delegate of delegatesOf(entry)) sink.session({ agent: 'openclaw', key, delegate });
  }
}

function titleOf(entry: LogRecord): Pick<SessionFacts, 'title'> {
  const label = toTitle(textOf(entry, 'label') ?? '');
  if (label !== undefined) return { title: { text: label, source: 'custom' } };
  const name = toTitle(textOf(entry, 'displayName') ?? textOf(entry, 'subject') ?? '');
  return name === undefined ? {} : { title: { text: name, source: 'generated' } };
}

function parentOf(entry: LogRecord, key: string, index: Index): Pick<SessionFacts, 'parentKey'> {
  const parent = index.get(textOf(entry, 'spawnedBy') ?? '');
  const parentKey = parent === undefined ? null : idOf(parent, 'sessionId');
  return parentKey === null || parentKey === key ? {} : { parentKey };
}

/** What OpenClaw calls the programs that it can have do the work. */
const programs: Readonly<Record<string, AgentId>> = {
  'claude-cli': 'claude-code',
  'codex-cli': 'codex',
  'google-gemini-cli': 'gemini-cli',
};

/** Versions name the program's session in three ways, of which several may be there. */
function delegatesOf(entry: LogRecord): readonly NonNullable<SessionFacts['delegate']>[] {
  const bindings = recordOf(entry, 'cliSessionBindings') ?? {};
  const ids = recordOf(entry, 'cliSessionIds') ?? {};
  const named = Object.entries(programs).flatMap(([program, agent]) => {
    const keys = [idOf(recordOf(bindings, program) ?? {}, 'sessionId'), idOf(ids, program)];
    return keys.flatMap((key) => (key === null ? [] : { agent, key }));
  });
  const claude = idOf(entry, 'claudeCliSessionId');
  return claude === null ? named : [...named, { agent: 'claude-code', key: claude }];
}
