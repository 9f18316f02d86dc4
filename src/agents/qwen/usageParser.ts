/**
 * Reads Qwen Code's own count of tokens: a line for each request, whoever made it. It says once more what chats tell,
 * under ids of its own, and nothing in it tells that from the rest. The rest are requests made while chats are not
 * recorded, and those of helpers that it keeps out of the chat. So it is told as sums, which count what chats leave of them.
 */

import type { Dropped, Receipt } from '../../domain/receipt.ts';
import type { RefusalReason } from '../../domain/refusal.ts';
import { isTokenSum, type TokenCounts, tokenClasses, totalTokens } from '../../domain/tokens.ts';
import { fieldOf, idOf, type LogRecord, nameOf, parseRecord, timeOf } from '../fields.ts';
import { toReceipt, unknownTokens } from '../ownReceipt.ts';
import type { JsonValue, LogLine, LogParser, Sink } from '../reader.ts';
import { receiptIdOf } from './memory.ts';
import { countNames, readUsage } from './usage.ts';

export interface UsageMemory {
  /** The last ones that a request came into. */
  readonly hours: readonly Hour[];
}

/** The requests of a session in one hour: longer sums would bear a time too far from what they are of. */
interface Hour {
  readonly sessionKey: string;
  /** Hours since 1970 UTC. */
  readonly hour: number;
  readonly firstMs: number;
  readonly sums: readonly Sum[];
}

/**
 * What the model and those before it were asked in the hour. Which model a chat's response is of cannot be told: there it
 * bears the name that was asked for, or none, and here the name that answered. So a sum holds those before it, of which
 * the ledger takes what is left of them from it: together they come to all that was asked less all that chats tell.
 */
interface Sum {
  readonly model: string;
  /** Of its first request: a file that is read again from its start begins the same sums. */
  readonly id: string;
  readonly atMs: number;
  readonly lastMs: number;
  readonly tokens: TokenCounts;
}

interface Request {
  readonly id: string;
  readonly sessionKey: string;
  readonly atMs: number;
  readonly model: string;
  readonly tokens: TokenCounts;
}

const hourMs = 3_600_000;

/** By which the time of a request may differ from that of its line in a chat. */
const clocksMs = 5_000;

/** What may be remembered, or a log could fill the memory: after the oldest is forgotten, a new one is begun. */
const mostHours = 32;
const mostModels = 16;

export class UsageParser implements LogParser {
  #hours: readonly Hour[];

  constructor(saved?: UsageMemory) {
    this.#hours = saved?.hours ?? [];
  }

  save(): JsonValue {
    return { hours: this.#hours } as unknown as JsonValue;
  }

  read(line: LogLine, sink: Sink): void {
    const record = parseRecord(line.text());
    if (record !== null && fieldOf(record, 'schemaVersion') === null) return;
    const request = record === null ? 'malformed' : requestIn(record);
    if (typeof request === 'string') sink.refuse(request);
    else if (totalTokens(request.tokens) > 0) this.#take(request, sink);
  }

  #take(request: Request, sink: Sink): void {
    const known = this.#hours.find((each) => holds(each, request));
    const hour = withRequest(known ?? newHour(request), request);
    if (!hour.sums.every(({ tokens }) => isSound(tokens))) {
      sink.refuse('implausible');
      return;
    }
    const others = this.#hours.filter((each) => each !== known);
    this.#hours = [...others, hour].slice(-mostHours);
    const { sessionKey, atMs } = request;
    sink.session({ agent: 'qwen-code', key: sessionKey, atMs });
    const own = others.filter((each) => each.sessionKey === sessionKey);
    const kept = own.flatMap(({ sums }) => sums.map(({ id }) => receiptIdOf(id)));
    const grown = hour.sums.findIndex(({ model }) => model === request.model);
    for (const sum of hour.sums.slice(grown)) sink.receipt(receiptOf(hour, sum, kept));
  }
}

function requestIn(record: LogRecord): Request | RefusalReason {
  const id = idOf(record, 'id');
  const sessionKey = idOf(record, 'sessionId');
  if (fieldOf(record, 'schemaVersion') !== 1 || id === null || sessionKey === null) return 'malformed';
  const usage = readUsage(record, countNames);
  const atMs = timeOf(record, 'timestamp');
  if (typeof usage === 'string') return usage;
  if (atMs === null) return 'implausible';
  const model = nameOf(record, 'model');
  return { id, sessionKey, atMs, model: model === 'unknown' ? '' : model, tokens: usage.tokens };
}

function holds({ sessionKey, hour, sums }: Hour, request: Request): boolean {
  if (sessionKey !== request.sessionKey || hour !== Math.floor(request.atMs / hourMs)) return false;
  return sums.length < mostModels || sums.some(({ model }) => model === request.model);
}

function newHour({ sessionKey, atMs }: Request): Hour {
  return { sessionKey, hour: Math.floor(atMs / hourMs), firstMs: atMs, sums: [] };
}

function withRequest(hour: Hour, { id, model, atMs, tokens }: Request): Hour {
  const at = hour.sums.findIndex((sum) => sum.model === model);
  const last = hour.sums.at(-1);
  const sums =
    at < 0
      ? [...hour.sums, { ...(last ?? { lastMs: atMs, tokens: unknownTokens }), model, id, atMs }]
      : hour.sums;
  const grown = at < 0 ? hour.sums.length : at;
  return {
    ...hour,
    sums: sums.map((sum, index) =>
      index < grown ? sum : { ...sum, lastMs: Math.max(sum.lastMs, atMs), tokens: plus(sum.tokens, tokens) },
    ),
  };
}

/** What is unknown adds nothing. */
function plus(sum: TokenCounts, tokens: TokenCounts): TokenCounts {
  const sums = tokenClasses.map((name) => {
    const [a, b] = [sum[name], tokens[name]];
    return [name, a === null ? b : a + (b ?? 0)] as const;
  });
  return { ...sum, ...Object.fromEntries(sums) };
}

function isSound(tokens: TokenCounts): boolean {
  return Object.values(tokens).every((count) => count === null || isTokenSum(count));
}

/** They hold what sub-agents asked, too: no line says which it was. */
function receiptOf({ sessionKey, firstMs }: Hour, sum: Sum, kept: Dropped['kept']): Receipt {
  const { id, model, atMs, lastMs, tokens } = sum;
  const dropped: Dropped = {
    afterMs: firstMs - clocksMs,
    untilMs: lastMs + clocksMs,
    kept,
    withSubAgents: true,
  };
  return toReceipt({
    agent: 'qwen-code',
    response: id,
    sessionKey,
    atMs,
    model,
    tokens,
    quality: 'sessionTotal',
    dropped,
  });
}
