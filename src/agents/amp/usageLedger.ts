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
  /** What messages used, by their ids. */
  readonly #usages: ReadonlyMap<string, LogRecord>;
  /** Of the events that name no message: the messages that they are of, by the ids of the events. */
  readonly #paired: ReadonlyMap<string, string>;
  /** Ids of the messages that events are of. */
  readonly #told: ReadonlySet<string>;
  /** By message: the event that bears its id, which is its own or, where none may be, the first that names it. */
  readonly #bearers: ReadonlyMap<string, LogRecord>;

  constructor(thread: LogRecord, messages: readonly LogRecord[]) {
    this.#events = recordsOf(recordOf(thread, 'usageLedger') ?? noRecord, 'events');
    this.#usages = firstsById(
      messages.map((message) => [idOf(message, 'messageId'), recordOf(message, 'usage')]),
    );
    const events = this.#events.map((event) => [idOf(event, 'toMessageId'), event] as const);
    const named = new Set(events.flatMap(([id]) => id ?? []));
    const unnamed = [...this.#usages].filter(([id]) => !named.has(id));
    const nameless = events.flatMap(([id, event]) =>
      id === null ? [[idOf(event, 'id'), event] as const] : [],
    );
    this.#paired = pairsOf(firstsById(nameless), unnamed);
    this.#told = new Set([...named, ...this.#paired.values()]);
    const own = events.filter(([id, event]) => this.#mayBeOf(id, event));
    this.#bearers = firstsById([...own, ...events]);
  }

  /** Whether an event is of a message. */
  tellsOf(messageId: string): boolean {
    return this.#told.has(messageId);
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
    if (messageId === null) return this.#usages.get(this.#pairOf(event) ?? '');
    const isOwn = this.#bearers.get(messageId) === event && this.#mayBeOf(messageId, event);
    return isOwn ? this.#usages.get(messageId) : undefined;
  }

  /** Of the events of a message one is known by it, as calls of tools are; what else was asked for it has its own id. */
  #idOf(event: LogRecord): string | null {
    const [messageId, id] = [idOf(event, 'toMessageId'), idOf(event, 'id')];
    if (messageId === null) return this.#pairOf(event) ?? id;
    const bearer = this.#bearers.get(messageId);
    const isBearer = bearer !== undefined && idOf(bearer, 'id') === id;
    return isBearer ? messageId : (id ?? messageId);
  }

  /** The message that an event is of which names none. */
  #pairOf(event: LogRecord): string | undefined {
    return this.#paired.get(idOf(event, 'id') ?? '');
  }
}

/**
 * Events with the messages of the same numbers, each with one: of several that are alike the first with the first, as both
 * lists grow at their ends alone.
 *
 * @param events by their ids
 * @returns ids of messages by those of events
 */
function pairsOf(
  events: ReadonlyMap<string, LogRecord>,
  messages: readonly (readonly [id: string, usage: LogRecord])[],
): ReadonlyMap<string, string> {
  const waiting = new Map<string, string[]>();
  for (const [id, usage] of messages) {
    const numbers = numbersOfMessage(usage);
    const alike = waiting.get(numbers) ?? [];
    if (alike.push(id) === 1) waiting.set(numbers, alike);
  }
  const pairs = new Map<string, string>();
  for (const [eventId, event] of events) {
    const messageId = waiting.get(numbersOf(event))?.shift();
    if (messageId !== undefined) pairs.set(eventId, messageId);
  }
  return pairs;
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
