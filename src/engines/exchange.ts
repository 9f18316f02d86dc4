/**
 * One request to a server and its answer, within limits of time and size. Every way in which it can fail has a name.
 * What a server says of an error is not kept: it may hold the text that was sent.
 */

import type { ServerRequest } from './protocol.ts';

export type ExchangeProblem =
  /** Nobody listens there. */
  | 'notRunning'
  | 'unknownHost'
  | 'unreachable'
  /** 401 or 403. */
  | 'unauthorized'
  /** 404: the server has no such endpoint, or no such model. */
  | 'notFound'
  /** 413. */
  | 'textTooLong'
  /** 429. */
  | 'tooManyRequests'
  /** 400, 422 and others that blame the request. */
  | 'rejected'
  | 'serverError'
  /** It points to another place, which is not followed: the text would go where nobody agreed to. */
  | 'redirected'
  | 'timedOut'
  /** Not JSON, longer than any answer, or without the number. */
  | 'malformed'
  | 'cancelled';

export type Exchange<Value> =
  | { readonly kind: 'answer'; readonly value: Value }
  | { readonly kind: 'failed'; readonly problem: ExchangeProblem };

/** Takes an answer piece by piece. */
export interface AnswerReader<Value> {
  take(chunk: Uint8Array): void;
  /** @returns `null` when the answer is not what was asked for */
  end(): Value | null;
}

export interface ExchangeLimits {
  /** As the platform has it, which knows proxies and certificates. */
  readonly fetch: typeof globalThis.fetch;
  readonly timeLimitMs: number;
  /** Longer answers are given up. */
  readonly longestBytes: number;
  /** Ends the exchange when somebody gives up. */
  readonly signal: AbortSignal;
}

export async function exchange<Value>(
  baseUrl: string,
  request: ServerRequest,
  reader: AnswerReader<Value>,
  limits: ExchangeLimits,
): Promise<Exchange<Value>> {
  const timeLimit = AbortSignal.timeout(limits.timeLimitMs);
  const signal = AbortSignal.any([limits.signal, timeLimit]);
  try {
    const response = await send(baseUrl, request, limits, signal);
    const problem = problemOf(response);
    if (problem === null) return await read(response, reader, limits.longestBytes);
    await response.body?.cancel();
    return failed(problem);
  } catch (error) {
    if (limits.signal.aborted) return failed('cancelled');
    return failed(timeLimit.aborted ? 'timedOut' : connectionProblem(error));
  }
}

function send(
  baseUrl: string,
  { method, path, headers, body }: ServerRequest,
  limits: ExchangeLimits,
  signal: AbortSignal,
): Promise<Response> {
  return limits.fetch(`${baseUrl}${path}`, {
    method,
    headers: { accept: 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    redirect: 'manual',
    credentials: 'omit',
    signal,
  });
}

function problemOf({ ok, status, type, headers }: Response): ExchangeProblem | null {
  if (type === 'opaqueredirect' || (status >= 300 && status < 400)) return 'redirected';
  if (!ok) return statusProblems[status] ?? (status >= 500 ? 'serverError' : 'rejected');
  return /\bjson\b/i.test(headers.get('content-type') ?? '') ? null : 'malformed';
}

const statusProblems: Readonly<Record<number, ExchangeProblem>> = {
  401: 'unauthorized',
  403: 'unauthorized',
  404: 'notFound',
  413: 'textTooLong',
  429: 'tooManyRequests',
};

async function read<Value>(
  { body }: Response,
  reader: AnswerReader<Value>,
  longestBytes: number,
): Promise<Exchange<Value>> {
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > longestBytes) return failed('malformed');
    reader.take(chunk);
  }
  const value = reader.end();
  return value === null ? failed('malformed') : { kind: 'answer', value };
}

function failed(problem: ExchangeProblem): Exchange<never> {
  return { kind: 'failed', problem };
}

/** Node's `fetch` tells what went wrong as the cause of its error. */
function connectionProblem(error: unknown): ExchangeProblem {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  switch ((cause as { readonly code?: unknown } | null | undefined)?.code) {
    case 'ECONNREFUSED':
      return 'notRunning';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'unknownHost';
    default:
      return 'unreachable';
  }
}
