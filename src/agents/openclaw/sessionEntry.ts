/** What OpenClaw keeps of a session beside it: what it is called, which started it, and who worked for it. */

import type { AgentId } from '../../domain/agent.ts';
import { type SessionFacts, toTitle } from '../../domain/session.ts';
import { idOf, type LogRecord, recordOf, textOf } from '../fields.ts';
import type { Sink } from '../reader.ts';

export interface SessionEntry {
  readonly key: string;
  /** What OpenClaw calls the conversation, such as `agent:main:main`. */
  readonly name: string;
  readonly entry: LogRecord;
  /** Key of the session that started this one. */
  readonly parentKey: string | null;
  /** When the parent was named, where that is by the session that its conversation is at by then. */
  readonly parentSaidMs?: number | undefined;
}

export function say(session: SessionEntry, sink: Sink): void {
  const { key, name, entry } = session;
  sink.session({ agent: 'openclaw', key, ...titleOf(entry, name), ...parentOf(session) });
  for (const delegate of delegatesOf(entry)) sink.session({ agent: 'openclaw', key, delegate });
}

function parentOf({ key, parentKey, parentSaidMs }: SessionEntry): Partial<SessionFacts> {
  if (parentKey === null || parentKey === key) return {};
  return { parentKey, ...(parentSaidMs !== undefined && { parentSaidMs }) };
}

/** What it shows where it knows no title is the end of the conversation's name. */
function titleOf(entry: LogRecord, conversation: string): Pick<SessionFacts, 'title'> {
  const label = toTitle(textOf(entry, 'label') ?? '');
  if (label !== undefined) return { title: { text: label, source: 'custom' } };
  const name = toTitle(textOf(entry, 'displayName') ?? textOf(entry, 'subject') ?? '');
  const isMadeUp = name === undefined || conversation.endsWith(`:${name}`);
  return isMadeUp ? {} : { title: { text: name, source: 'generated' } };
}

/** What OpenClaw calls the programs that it can have do the work. */
const programs: Readonly<Record<string, AgentId>> = {
  'claude-cli': 'claude-code',
  'claude-cli-streaming': 'claude-code',
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
