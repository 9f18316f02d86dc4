/** Reads the messages of a task as they were shown: among them is what each request used. */

import type { Receipt } from '../../domain/receipt.ts';
import { type SessionFacts, toTitle } from '../../domain/session.ts';
import {
  dollarsOf,
  idOf,
  isTrue,
  type LogRecord,
  millisecondsOf,
  nameOf,
  parseRecord,
  parseRecords,
  recordOf,
  textOf,
} from '../fields.ts';
import { toReceipt } from '../ownReceipt.ts';
import { toHumanPrompt } from '../prompts.ts';
import type { DocumentMemory, LogFile, LogLine, Sink } from '../reader.ts';
import { TaskModels } from './models.ts';
import { toSaved, toSeen, withoutCounted } from './removed.ts';
import type { TaskDialect } from './taskLog.ts';
import { type InputKind, isNothing, readUsage, toTokens, type Usage, unknownTokens } from './usage.ts';

/** One message that tells of usage. */
interface Spending {
  readonly kind: string;
  readonly message: LogRecord;
  readonly record: LogRecord;
  readonly atMs: number;
  readonly usage: Usage;
}

const removedKind = 'deleted_api_reqs';

/** A request, its end in the oldest files, sums of removed messages, and sums of sub-agents that have no file. */
const spendingKinds = new Set(['api_req_started', 'api_req_finished', removedKind, 'subagent_usage']);

export function readTaskMessages(
  dialect: TaskDialect,
  log: LogFile,
  document: LogLine,
  sink: Sink,
  memory: DocumentMemory = { saved: undefined },
): void {
  const messages = parseRecords(document.text());
  if (messages === null) {
    sink.refuse('malformed');
    return;
  }
  const task = new Task(dialect, log, messages, sink);
  task.tellSpending(memory);
  task.tellCondensing();
  task.tellCalls(document.byteLength);
  task.tellFacts();
}

class Task {
  readonly #dialect: TaskDialect;
  readonly #key: string;
  readonly #messages: readonly LogRecord[];
  readonly #sink: Sink;
  readonly #models: TaskModels;

  constructor(dialect: TaskDialect, log: LogFile, messages: readonly LogRecord[], sink: Sink) {
    this.#dialect = dialect;
    this.#key = log.relativePath.split('/').at(-2) ?? log.relativePath;
    this.#messages = messages;
    this.#sink = sink;
    this.#models = new TaskModels(log, this.#key);
  }

  tellSpending(memory: DocumentMemory): void {
    const spendings = this.#messages.flatMap((message) => this.#spendingOf(message));
    const before = toSeen(memory.saved);
    const times = new Set(spendings.map(({ atMs }) => atMs));
    const sums = spendings.filter(({ kind }) => kind === removedKind).map(({ atMs }) => atMs);
    const counted = spendings.map((spending) => {
      const isSum = spending.kind === removedKind;
      return { spending, usage: isSum ? withoutCounted(spending, sums, before, times) : spending.usage };
    });
    const kind = this.#dialect.inputKind(
      spendings.some(({ record }) => idOf(record, 'apiProtocol') !== null),
    );
    for (const { spending, usage } of counted) this.#tell(spending, usage, kind);
    memory.saved = toSaved(before, new Map(counted.map(({ spending, usage }) => [spending.atMs, usage])));
  }

  #spendingOf(message: LogRecord): readonly Spending[] {
    const kind = nameOf(message, 'say');
    if (!spendingKinds.has(kind)) return [];
    const record = parseRecord(textOf(message, 'text') ?? '{}');
    const atMs = millisecondsOf(message, 'ts');
    const usage = record === null ? 'malformed' : readUsage(record);
    if (record === null || atMs === null || typeof usage === 'string') {
      this.#sink.refuse(typeof usage === 'string' ? usage : 'implausible');
      return [];
    }
    return usage === null ? [] : [{ kind, message, record, atMs, usage }];
  }

  #tell({ kind, message, record, atMs }: Spending, usage: Usage, inputKind: InputKind): void {
    if (isNothing(usage)) return;
    const info = recordOf(message, 'modelInfo') ?? {};
    const provider = nameOf(info, 'providerId') || nameOf(record, 'inferenceProvider');
    const stopReason = nameOf(record, 'cancelReason');
    const isRequest = kind.startsWith('api_req');
    this.#emit({
      response: `${this.#key}/${atMs}${isRequest ? '' : `/${kind}`}`,
      atMs,
      model: nameOf(info, 'modelId') || this.#models.at(atMs),
      tokens: toTokens(usage, inputKind),
      reportedCost: dollarsOf(record, 'cost'),
      quality: isRequest ? 'exact' : 'sessionTotal',
      circumstances: { ...(provider !== '' && { provider }), ...(stopReason !== '' && { stopReason }) },
    });
  }

  /** Shortening the conversation is a request of its own, of which only the cost is told. */
  tellCondensing(): void {
    for (const message of this.#messages) {
      const atMs = millisecondsOf(message, 'ts');
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

  #emit(receipt: Omit<Parameters<typeof toReceipt>[0], 'agent' | 'sessionKey'>): void {
    const own: Receipt = toReceipt({ agent: this.#dialect.agent, sessionKey: this.#key, ...receipt });
    this.#sink.receipt(own);
  }

  /** Calls bear no ids: their times stand for them. */
  tellCalls(byteLength: number): void {
    const { agent } = this.#dialect;
    let request: number | null = null;
    for (const message of this.#messages) {
      const atMs = millisecondsOf(message, 'ts');
      if (nameOf(message, 'say') === 'api_req_started') request = atMs;
      const name = toolOf(message);
      if (name === null || request === null || atMs === null || isTrue(message, 'partial')) continue;
      const receipt = { response: `${this.#key}/${request}`, request: '' };
      const input = byteLength < largestUncut ? textOf(message, 'text') : null;
      this.#sink.toolCall({ agent, receipt, id: String(atMs), name, ...(input !== null && { input }) });
    }
  }

  tellFacts(): void {
    const times = this.#messages
      .map((message) => millisecondsOf(message, 'ts'))
      .filter((atMs) => atMs !== null);
    const last = this.#messages.at(-1);
    if (last === undefined) return;
    const title = titleOf(this.#messages);
    this.#sink.session({
      agent: this.#dialect.agent,
      key: this.#key,
      isTurnOpen: !isOver(last),
      ...(title !== undefined && { title }),
      ...(times.length > 0 && { atMs: times.reduce((a, b) => Math.max(a, b)) }),
    });
    const first = times[0];
    if (first !== undefined) this.#sink.session({ agent: this.#dialect.agent, key: this.#key, atMs: first });
  }
}

/** Documents up to this size are read whole, texts and all. */
const largestUncut = 1 << 18;

/** What a message asks or says of a tool, `null` where it is about none. */
function toolOf(message: LogRecord): string | null {
  const kind = nameOf(message, 'say') || nameOf(message, 'ask');
  if (kind === 'command') return 'execute_command';
  if (kind !== 'tool') return null;
  return nameOf(parseRecord(textOf(message, 'text') ?? '') ?? {}, 'tool') || null;
}

/** The first thing said is what the task is. */
function titleOf(messages: readonly LogRecord[]): SessionFacts['title'] {
  const first = messages.find((message) => ['text', 'task'].includes(nameOf(message, 'say')));
  const prompt = toHumanPrompt((first && textOf(first, 'text')) ?? '');
  const text = prompt === null ? undefined : toTitle(prompt);
  return text === undefined ? undefined : { text, source: 'prompt' };
}

/** Whoever asks has handed back. */
function isOver(message: LogRecord): boolean {
  return nameOf(message, 'type') === 'ask' || nameOf(message, 'say') === 'completion_result';
}
