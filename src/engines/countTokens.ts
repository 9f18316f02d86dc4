/** Asks a server for the tokens of a text, and takes off what the server adds of its own. */

import { type AnswerReader, type Exchange, type ExchangeProblem, exchange } from './exchange.ts';
import { countAt } from './json.ts';
import { JsonReader } from './jsonReader.ts';
import type { NumberPlace, Protocol, Question } from './protocol.ts';
import { TokenListCounter } from './tokenList.ts';

/** Whom to ask. */
export interface Server {
  readonly protocol: Protocol;
  /** Without a slash at its end. */
  readonly baseUrl: string;
}

export type CountOutcome =
  | {
      readonly kind: 'counted';
      readonly tokens: number;
      /** Whether `tokens` holds what the server adds to a text, because nobody knows how much that is. */
      readonly isFramed: boolean;
    }
  | { readonly kind: 'failed'; readonly problem: ExchangeProblem };

export interface CountPorts {
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
}

/** A token takes up to 100 bytes of a list, with what stands around it. */
const longestList = 64 * 1024 * 1024;
const longestAnswer = 1024 * 1024;
/** One token in every vocabulary that has letters. */
const singleToken = 'a';

/** Sends the text to the server, once. A text of no characters is not sent. */
export async function countTokens(
  server: Server,
  question: Question,
  ports: CountPorts,
): Promise<CountOutcome> {
  if (question.text === '') return { kind: 'counted', tokens: 0, isFramed: false };
  const asked = await ask(server, question, ports);
  if (asked.kind === 'failed') return asked;
  const room = await askRoom(server, question, ports);
  if (room.kind === 'failed') return room;
  if (room.value !== null && asked.value >= room.value) return { kind: 'failed', problem: 'textTooLong' };
  const frame = await frameOf(server, question, ports);
  return frame.kind === 'failed' ? frame : withoutFrame(asked.value, frame.value);
}

function ask(server: Server, question: Question, ports: CountPorts): Promise<Exchange<number>> {
  const { protocol, baseUrl } = server;
  return exchange(baseUrl, protocol.countRequest(question), readerFor(protocol.place), {
    ...ports,
    timeLimitMs: protocol.timeLimitMs,
    longestBytes: protocol.place.kind === 'list' ? longestList : longestAnswer,
  });
}

function readerFor(place: NumberPlace): AnswerReader<number> {
  return place.kind === 'list'
    ? new TokenListCounter(place.under)
    : new JsonReader((answer) => countAt(answer, place.path));
}

async function askRoom(
  { protocol, baseUrl }: Server,
  { model }: Question,
  ports: CountPorts,
): Promise<Exchange<number | null>> {
  const { room } = protocol;
  if (room === undefined) return { kind: 'answer', value: null };
  const reader = new JsonReader((answer) => ({ tokens: room.read(answer, model) }));
  const limits = { ...ports, timeLimitMs: protocol.timeLimitMs, longestBytes: longestAnswer };
  const told = await exchange(baseUrl, room.request, reader, limits);
  return told.kind === 'failed' ? told : { kind: 'answer', value: told.value.tokens };
}

/** Tokens that the server adds; `null` where that is not known. */
async function frameOf(
  server: Server,
  question: Question,
  ports: CountPorts,
): Promise<Exchange<number | null>> {
  const { frame } = server.protocol;
  if (frame.kind === 'none') return { kind: 'answer', value: 0 };
  if (frame.kind === 'known') return { kind: 'answer', value: frame.tokens(question.model) };
  const single = await ask(server, { ...question, text: singleToken }, ports);
  return single.kind === 'failed' ? single : { kind: 'answer', value: single.value - 1 };
}

/** A text has a token at least: an answer with fewer is that of a server that does not count. */
function withoutFrame(counted: number, frame: number | null): CountOutcome {
  const tokens = counted - (frame ?? 0);
  if (tokens < 1 || (frame ?? 0) < 0) return { kind: 'failed', problem: 'malformed' };
  return { kind: 'counted', tokens, isFramed: frame === null };
}
