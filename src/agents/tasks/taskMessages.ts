/** Reads the messages of a task as they were shown: among them is what each request used. */

import type { Dropped, ReceiptId } from '../../domain/receipt.ts';
import { isTokenCount, isTokenSum } from '../../domain/tokens.ts';
import {
  dollarsOf,
  epochMsOf,
  type LogRecord,
  nameOf,
  parseRecord,
  parseRecords,
  recordOf,
  textOf,
} from '../fields.ts';
import { type OwnReceipt, toReceipt, unknownTokens } from '../ownReceipt.ts';
import type { LogFile, LogLine, Sink } from '../reader.ts';
import { tellCalls } from './calls.ts';
import { TaskModels } from './models.ts';
import { tellFacts } from './taskFacts.ts';
import type { TaskDialect } from './taskLog.ts';
import { type InputKind, isNothing, readUsage, type Spent, toTokens } from './usage.ts';

/** One message that tells of usage. */
interface Spending extends Spent {
  readonly kind: string;
  readonly message: LogRecord;
  readonly atMs: number;
}

/** A request, and its end in the oldest files. */
const requestKinds = ['api_req_started', 'api_req_finished'];

/** Sums of what checkpoints removed: Cline's hold the sums that were removed, too, those of Roo Code requests alone. */
const removedKinds = ['deleted_api_reqs', 'api_req_deleted'];

/** Also sums of sub-agents that have no file. */
const spendingKinds = new Set([...requestKinds, ...removedKinds, 'subagent_usage']);

export function readTaskMessages(dialect: TaskDialect, log: LogFile, document: LogLine, sink: Sink): void {
  const messages = parseRecords(document.text());
  if (messages === null) {
    sink.refuse('malformed');
    return;
  }
  const task = new Task(dialect, log, messages, sink);
  task.tellSpending();
  task.tellCondensing();
  tellCalls(
    { agent: dialect.agent, key: keyOf(log), messages, isWhole: document.byteLength < largestUncut },
    sink,
  );
  tellFacts(dialect.agent, keyOf(log), messages, sink);
}

/** Documents up to this size are read whole, texts and all. */
const largestUncut = 1 << 18;

/** The folder of a task is named after it. */
function keyOf({ relativePath }: LogFile): string {
  return relativePath.split('/').at(-2) ?? relativePath;
}

function isRequest(kind: string): boolean {
  return requestKinds.includes(kind);
}

class Task {
  readonly #dialect: TaskDialect;
  readonly #key: string;
  readonly #messages: readonly LogRecord[];
  readonly #sink: Sink;
  readonly #models: TaskModels;

  constructor(dialect: TaskDialect, log: LogFile, messages: readonly LogRecord[], sink: Sink) {
    this.#dialect = dialect;
    this.#key = keyOf(log);
    this.#messages = messages;
    this.#sink = sink;
    this.#models = new TaskModels(log, this.#key);
  }

  tellSpending(): void {
    const spendings = this.#messages.flatMap((message) => this.#spendingOf(message));
    const inputKindOf = this.#dialect.inputKinds(spendings);
    let afterMs = 0;
    for (const spending of spendings) {
      // What a checkpoint took away is older than its sum, and newer than the sum before it.
      const isRemoved = removedKinds.includes(spending.kind);
      const dropped = isRemoved ? this.#droppedSince(afterMs, spending, spendings) : undefined;
      this.#tell(spending, inputKindOf(spending), dropped);
      if (isRemoved) afterMs = spending.atMs;
    }
  }

  #droppedSince(afterMs: number, { kind, atMs: untilMs }: Spending, spendings: readonly Spending[]): Dropped {
    const kept = spendings.filter(({ atMs }) => atMs > afterMs && atMs <= untilMs);
    return {
      afterMs,
      untilMs,
      kept: kept.map((spending) => this.#idOf(spending)),
      ...(kind === 'api_req_deleted' && { withoutSums: true }),
    };
  }

  #idOf({ kind, atMs, isSum }: Spending): ReceiptId {
    return { response: `${this.#key}/${atMs}${isSum ? `/${kind}` : ''}`, request: '' };
  }

  #spendingOf(message: LogRecord): readonly Spending[] {
    const kind = nameOf(message, 'say');
    if (!spendingKinds.has(kind)) return [];
    const record = parseRecord(textOf(message, 'text') ?? '{}');
    const atMs = epochMsOf(message, 'ts');
    const usage =
      record === null ? 'malformed' : readUsage(record, isRequest(kind) ? isTokenCount : isTokenSum);
    if (record === null || atMs === null || typeof usage === 'string') {
      this.#sink.refuse(typeof usage === 'string' ? usage : 'implausible');
      return [];
    }
    if (usage === null) return [];
    const provider =
      nameOf(recordOf(message, 'modelInfo') ?? {}, 'providerId') || nameOf(record, 'inferenceProvider');
    return [{ kind, message, record, atMs, usage, provider, isSum: !isRequest(kind) }];
  }

  #tell(spending: Spending, inputKind: InputKind, dropped: Dropped | undefined): void {
    const { message, record, atMs, usage, provider, isSum } = spending;
    if (isNothing(usage)) return;
    const info = recordOf(message, 'modelInfo') ?? {};
    const stopReason = nameOf(record, 'cancelReason');
    this.#emit({
      response: this.#idOf(spending).response,
      atMs,
      model: nameOf(info, 'modelId') || this.#models.at(atMs),
      tokens: toTokens(usage, inputKind),
      reportedCost: dollarsOf(record, 'cost'),
      quality: isSum ? 'sessionTotal' : 'exact',
      circumstances: { ...(provider !== '' && { provider }), ...(stopReason !== '' && { stopReason }) },
      ...(dropped !== undefined && { dropped }),
    });
  }

  /** Shortening the conversation is a request of its own, of which only the cost is told. */
  tellCondensing(): void {
    for (const message of this.#messages) {
      const atMs = epochMsOf(message, 'ts');
      const reportedCost = dollarsOf(recordOf(message, 'contextCondense') ?? {}, 'cost');
      if (nameOf(message, 'say') !== 'condense_context' || reportedCost === null || atMs === null) continue;
      const response = `${this.#key}/${atMs}/condense`;
      this.#emit({
        response,
        atMs,
        model: this.#models.at(atMs),
        tokens: unknownTokens,
        reportedCost,
        quality: 'exact',
      });
    }
  }

  #emit(receipt: Omit<OwnReceipt, 'agent' | 'sessionKey'>): void {
    this.#sink.receipt(toReceipt({ agent: this.#dialect.agent, sessionKey: this.#key, ...receipt }));
  }
}
