/** The ledger that a thread of Amp had until about January 2026: an event for each response. */

import { noTokens, type TokenCounts } from '../../domain/tokens.ts';
import { Counts, idOf, type LogRecord, nameOf, recordOf, recordsOf } from '../fields.ts';
import { messageTokens, type Outcome, receiptOf, timeIn } from './usage.ts';

const noRecord: LogRecord = {};
const untold: TokenCounts = {
  ...noTokens,
  uncachedInput: null,
  output: null,
  cacheRead: null,
  cacheWriteUnknown: null,
};

export class UsageLedger {
  readonly #events: readonly LogRecord[];
  /** What messages used, by their ids; of those that no event names, by their numbers. */
  readonly #usages: ReadonlyMap<string, LogRecord>;
  readonly #alike: ReadonlyMap<string, LogRecord>;
  /** Ids of the messages that events name, and the numbers of events that name none. */
  readonly #named: ReadonlySet<string>;
  readonly #numbers: ReadonlySet<string>;
  /** By message: the event that bears its id, which is its own or, where none may be, the first that names it. */
  readonly #bearers: ReadonlyMap<string, LogRecord>;

  constructor(thread: LogRecord, messages: readonly LogRecord[]) {
    this.#events = recordsOf(recordOf(thread, 'usageLedger') ?? noRecord, 'events');
    this.#usages = firstsById(
      messages.map((message) => [idOf(message, 'messageId'), recordOf(message, 'usage')]),
    );
    const events = this.#events.map((event) => [idOf(event, 'toMessageId'), event] as const);
    this.#named = new Set(events.flatMap(([id]) => id ?? []));
    const unnamed = [...this.#usages].filter(([id]) => !this.#named.has(id));
    this.#alike = firstsById(unnamed.map(([, usage]) => [numbersOfMessage(usage), usage]));
    this.#numbers = new Set(events.flatMap(([id, event]) => (id === null ? numbersOf(event) : [])));
    const own = events.filter(([id, event]) => this.#mayBeOf(id, event));
    this.#bearers = firstsById([...own, ...events]);
  }

  /** Whether an event is of a message: one that names none, where it has the numbers of the message. */
  tellsOf(messageId: string, usage: LogRecord): boolean {
    return this.#named.has(messageId) || this.#numbers.has(numbersOfMessage(usage));
  }

  /** Whether an event may be the message's own, by what the two say alone: which others there are must not matter. */
  #mayBeOf(messageId: string | null, event: LogRecord): boolean {
    const usage = this.#usages.get(messageId ?? '');
    if (usage === undefined) return false;
    const models = [nameOf(event, 'model'), nameOf(usage, 'model')].filter((model) => model !== '');
    return new Set(models).size < 2 || numbersOfMessage(usage) === numbersOf(event);
  }

  /** @param key of the thread */
  outcomes(key: string): readonly Outcome[] {
    return this.#events.map((event) => this.#outcomeOf(key, event));
  }

  /** What was cached stands with the message alone; of the rest both tell, of an answer that grows the one more. */
  #outcomeOf(key: string, event: LogRecord): Outcome {
    const { input, output, problem } = eventCounts(event);
    const id = this.#idOf(event);
    const atMs = timeIn(event);
    if (problem !== null) return problem;
    if (id === null || atMs === null) return id === null ? 'malformed' : 'implausible';
    const usage = this.#usageOf(event);
    const told = usage === undefined ? untold : messageTokens(usage);
    if (typeof told === 'string') return told;
    const uncachedInput = larger(input, told.uncachedInput);
    return receiptOf(key, id, atMs, nameOf(event, 'model'), {
      ...told,
      uncachedInput,
      output: larger(output, told.output),
    });
  }

  /** Of the message whose own event it is. */
  #usageOf(event: LogRecord): LogRecord | undefined {
    const messageId = idOf(event, 'toMessageId');
    if (messageId === null) return this.#alike.get(numbersOf(event));
    const isOwn = this.#bearers.get(messageId) === event && this.#mayBeOf(messageId, event);
    return isOwn ? this.#usages.get(messageId) : undefined;
  }

  /** Of the events of a message one is known by it, as calls of tools are; what else was asked for it has its own id. */
  #idOf(event: LogRecord): string | null {
    const [messageId, id] = [idOf(event, 'toMessageId'), idOf(event, 'id')];
    const bearer = messageId === null ? undefined : this.#bearers.get(messageId);
    const isBearer = bearer !== undefined && idOf(bearer, 'id') === id;
    return isBearer ? messageId : (id ?? messageId);
  }
}

/** Of several with one id the first counts. */
function firstsById(
  records: readonly (readonly [id: string | null, record: LogRecord | null])[],
): ReadonlyMap<string, LogRecord> {
  const firsts = new Map<string, LogRecord>();
  for (const [id, record] of records) {
    if (id !== null && record !== null && !firsts.has(id)) firsts.set(id, record);
  }
  return firsts;
}

function larger(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

function eventCounts(event: LogRecord) {
  return countsOf(recordOf(event, 'tokens') ?? noRecord, 'input', 'output');
}

function numbersOf(event: LogRecord): string {
  const { input, output } = eventCounts(event);
  return `${input}/${output}`;
}

function numbersOfMessage(usage: LogRecord): string {
  const { input, output } = countsOf(usage, 'inputTokens', 'outputTokens');
  return `${input}/${output}`;
}

function countsOf(record: LogRecord, inputName: string, outputName: string) {
  const counts = new Counts(record);
  const [input, output] = [counts.count(inputName), counts.count(outputName)];
  return { input, output, problem: counts.problem };
}
