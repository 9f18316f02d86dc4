/** The ledger that a thread of Amp had until about January 2026: an event for each response. */

import { noTokens } from '../../domain/tokens.ts';
import { Counts, idOf, type LogRecord, nameOf, recordOf, recordsOf } from '../fields.ts';
import { messageTokens, type Outcome, receiptOf, timeIn } from './usage.ts';

const noRecord: LogRecord = {};
const unknownCache = { cacheRead: null, cacheWriteUnknown: null };

export class UsageLedger {
  readonly #events: readonly LogRecord[];
  /** What messages used, by their ids. */
  readonly #usages: ReadonlyMap<string, LogRecord>;
  /** Ids of the messages that events name, and the numbers of events that name none. */
  readonly #named: ReadonlySet<string>;
  readonly #numbers: ReadonlySet<string>;

  constructor(thread: LogRecord, messages: readonly LogRecord[]) {
    this.#events = recordsOf(recordOf(thread, 'usageLedger') ?? noRecord, 'events');
    this.#usages = usagesById(messages);
    const named = this.#events.map((event) => idOf(event, 'toMessageId'));
    this.#named = new Set(named.filter((id) => id !== null));
    this.#numbers = new Set(this.#events.filter((_, index) => named[index] === null).map(numbersOf));
  }

  /** Whether an event is of a message: one that names none, where it has the numbers of the message. */
  tellsOf(messageId: string, usage: LogRecord): boolean {
    const { input, output } = countsOf(usage, 'inputTokens', 'outputTokens');
    return this.#named.has(messageId) || this.#numbers.has(`${input}/${output}`);
  }

  /** @param key of the thread */
  outcomes(key: string): readonly Outcome[] {
    return this.#events.map((event) => this.#outcomeOf(key, event));
  }

  /** An event tells input and output; what was cached stands with the message. */
  #outcomeOf(key: string, event: LogRecord): Outcome {
    const { input, output, problem } = eventCounts(event);
    const messageId = idOf(event, 'toMessageId');
    const id = messageId ?? idOf(event, 'id');
    const atMs = timeIn(event);
    if (problem !== null) return problem;
    if (id === null || atMs === null) return id === null ? 'malformed' : 'implausible';
    const usage = this.#usages.get(messageId ?? '');
    const cached = usage === undefined ? unknownCache : messageTokens(usage);
    if (typeof cached === 'string') return cached;
    const { cacheRead, cacheWriteUnknown } = cached;
    const tokens = { ...noTokens, uncachedInput: input, output, cacheRead, cacheWriteUnknown };
    return receiptOf(key, id, atMs, nameOf(event, 'model'), tokens);
  }
}

/** Of several messages with one id the first counts. */
function usagesById(messages: readonly LogRecord[]): ReadonlyMap<string, LogRecord> {
  const usages = new Map<string, LogRecord>();
  for (const message of messages) {
    const id = idOf(message, 'messageId');
    const usage = recordOf(message, 'usage');
    if (id !== null && usage !== null && !usages.has(id)) usages.set(id, usage);
  }
  return usages;
}

function eventCounts(event: LogRecord) {
  return countsOf(recordOf(event, 'tokens') ?? noRecord, 'input', 'output');
}

function numbersOf(event: LogRecord): string {
  const { input, output } = eventCounts(event);
  return `${input}/${output}`;
}

function countsOf(record: LogRecord, inputName: string, outputName: string) {
  const counts = new Counts(record);
  const [input, output] = [counts.count(inputName), counts.count(outputName)];
  return { input, output, problem: counts.problem };
}
