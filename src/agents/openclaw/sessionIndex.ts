/** The index that older versions keep of an agent's sessions. */

import { epochMsOf, idOf, isRecord, type LogRecord, parseRecord, textOf } from '../fields.ts';
import type { DocumentFormat, LogFile, Sink } from '../reader.ts';
import { say } from './sessionEntry.ts';

/** Its counts of tokens roll on and are no sums: the sessions' own files have them. */
export const sessionIndex: DocumentFormat = {
  kind: 'document',
  read(log, document, sink) {
    const index = toIndex(document.text());
    if (index === null) sink.refuse('malformed');
    else takeIndex(index, new Conversations(log, index), log.writtenMs, sink);
  },
};

/** Sessions by the name that OpenClaw has for the conversation, such as `agent:main:main`. */
type Index = ReadonlyMap<string, LogRecord>;

function toIndex(text: string): Index | null {
  const index = parseRecord(text);
  return index === null ? null : new Map(Object.entries(index).filter(isEntry));
}

function isEntry(entry: [string, unknown]): entry is [string, LogRecord] {
  return isRecord(entry[1]);
}

/** Agents whose indexes are looked into for one: whoever can write names could ask for any number. */
const mostOthers = 64;

const noIndex: Index = new Map();

/** The conversations of all agents: their names tell whose they are, and each agent has an index of its own. */
class Conversations {
  readonly #log: LogFile;
  readonly #own: Index;
  readonly #others = new Map<string, Index>();

  constructor(log: LogFile, own: Index) {
    this.#log = log;
    this.#own = own;
  }

  find(name: string): LogRecord | undefined {
    const known = this.#own.get(name);
    const agent = /^agent:([a-z0-9][a-z0-9_-]*):/i.exec(name)?.[1];
    return known !== undefined || agent === undefined ? known : this.#indexOf(agent).get(name);
  }

  #indexOf(agent: string): Index {
    const known = this.#others.get(agent);
    if (known !== undefined) return known;
    if (this.#isOwn(agent) || this.#others.size === mostOthers) return noIndex;
    const index = toIndex(this.#log.beside?.(`../../${agent}/sessions/sessions.json`) ?? '') ?? noIndex;
    this.#others.set(agent, index);
    return index;
  }

  #isOwn(agent: string): boolean {
    return this.#log.relativePath.split('/').at(-3) === agent;
  }
}

function takeIndex(
  index: Index,
  conversations: Conversations,
  writtenMs: number | undefined,
  sink: Sink,
): void {
  for (const [name, entry] of index) {
    const key = idOf(entry, 'sessionId');
    const parentKey = parentOf(conversations, entry);
    if (key !== null) say({ key, name, entry, parentKey, parentSaidMs: writtenMs }, sink);
  }
}

/** What started a session is named by its conversation, which may be at a later session since: that one is none's parent. */
function parentOf(conversations: Conversations, entry: LogRecord): string | null {
  const parent = conversations.find(textOf(entry, 'spawnedBy') ?? '');
  if (parent === undefined) return null;
  const startedMs = (each: LogRecord) => epochMsOf(each, 'sessionStartedAt');
  const isLater = (startedMs(parent) ?? 0) > (startedMs(entry) ?? Number.POSITIVE_INFINITY);
  return isLater ? null : idOf(parent, 'sessionId');
}
