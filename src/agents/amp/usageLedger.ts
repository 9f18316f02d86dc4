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
  /** Ids of the messages that events name. */
  readonly #named: ReadonlySet<string>;
  /** By the ids of events that name no message: what the messages used that they are of. */
  readonly #paired: ReadonlyMap<string, LogRecord>;
  readonly #isPaired: ReadonlySet<LogRecord>;
  /** By message: the event that bears its id, which is its own or, where none may be, the first that names it. */
  readonly #bearers: ReadonlyMap<string, LogRecord>;

  constructor(thread: LogRecord, messages: readonly LogRecord[]) {
    this.#events = recordsOf(recordOf(thread, 'usageLedger') ?? noRecord, 'events');
    this.#usages = firstsById(
      messages.map((message) => [idOf(message, 'messageId'), recordOf(message, 'usage')]),
    );
    const events = this.#events.map((event) => [idOf(event, 'toMessageId'), event] as const);
    this.#named = new Set(events.flatMap(([id]) => id ?? []));
    const nameless = events.flatMap(([id, event]) =>
      id === null && isCountable(event) ? [[idOf(event, 'id'), event] as const] : [],
    );
    const unnamed = [...this.#usages].flatMap(([id, usage]) => (this.#named.has(id) ? [] : [usage]));
    this.#paired = pairsOf(firstsById(nameless), unnamed);
    this.#isPaired = new Set(this.#paired.values());
    const own = events.filter(([id, event]) => this.#mayBeOf(id, event));
    this.#bearers = firstsById([...own, ...events]);
  }

  /** Whether an event is of a message: one that names none, where it has the numbers of the message and of no other. */
  tellsOf(messageId: string, usage: LogRecord): boolean {
    return this.#named.has(messageId) || this.#isPaired.has(this.#usages.get(messageId) ?? usage);
  }

  /** Whether an event may be the message's own, by what the two say alone: which others there are must not matter. */
  #mayBeOf(messageId: string | null, event: LogRecord): boolean {
    const usage = this.#usages.get(messageId ?? '');
    if (usage === undefined) return false;
    const models = [nameOf(event, 'model'), nameOf(usage, 'model')].filter((model) => model !== '');
    return new Set(models).size < 2 || isAlike(event, usage);
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
    if (messageId === null) {
      const usage = this.#paired.get(idOf(event, 'id') ?? '');
      return usage !== undefined && isAlike(event, usage) ? usage : undefined;
    }
    const isOwn = this.#bearers.get(messageId) === event && this.#mayBeOf(messageId, event);
    return isOwn ? this.#usages.get(messageId) : undefined;
  }

  /**
   * Of the events of a message one is known by it, as calls of tools are; what else was asked for it has its own id, as has
   * what names no message: which one it is paired with may change.
   */
  #idOf(event: LogRecord): string | null {
    const [messageId, id] = [idOf(event, 'toMessageId'), idOf(event, 'id')];
    const bearer = messageId === null ? undefined : this.#bearers.get(messageId);
    const isBearer = bearer !== undefined && idOf(bearer, 'id') === id;
    return isBearer ? messageId : (id ?? messageId);
  }
}

/**
 * Events with the messages of the same numbers, each with one: of several that are alike with the first of the same model, as
 * both lists grow at their ends alone.
 *
 * @param events by their ids
 * @returns what the messages used, by the ids of the events
 */
function pairsOf(
  events: ReadonlyMap<string, LogRecord>,
  usages: readonly LogRecord[],
): ReadonlyMap<string, LogRecord> {
  const waiting = new Map<string, LogRecord[]>();
  for (const usage of usages) {
    const numbers = numbersOfMessage(usage);
    const alike = waiting.get(numbers) ?? [];
    if (alike.push(usage) === 1) waiting.set(numbers, alike);
  }
  const pairs = new Map<string, LogRecord>();
  for (const [id, event] of events) {
    const alike = waiting.get(numbersOf(event)) ?? [];
    const ofModel = alike.findIndex((usage) => nameOf(usage, 'model') === nameOf(event, 'model'));
    const [usage] = alike.splice(Math.max(ofModel, 0), 1);
    if (usage !== undefined) pairs.set(id, usage);
  }
  return pairs;
}

/** Whether a receipt can be made of it. */
function isCountable(event: LogRecord): boolean {
  return timeIn(event) !== null && eventCounts(event).problem === null;
}

function isAlike(event: LogRecord, usage: LogRecord): boolean {
  return numbersOf(event) === numbersOfMessage(usage);
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
