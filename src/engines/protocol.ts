/** How a server is asked for the tokens of a text: what is sent to it, and where its answer has the number. */

/** What is asked. The text is never empty. */
export interface Question {
  readonly text: string;
  /** As the server knows it; empty for the one model that the server has. */
  readonly model: string;
  /** Proves who asks; empty for a server that wants none. */
  readonly key: string;
}

export interface ServerRequest {
  readonly method: 'GET' | 'POST';
  /** Below the server's base URL, beginning with a slash; its variable parts are escaped. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON; `undefined` for nothing. */
  readonly body: unknown;
}

/** Where an answer, which is JSON, tells the number of tokens. */
export type NumberPlace =
  /** As the length of the list that is the answer, or that the answer has under this name. */
  | { readonly kind: 'list'; readonly under: string | null }
  /** As a number, by the names that lead to it. */
  | { readonly kind: 'number'; readonly path: readonly string[] };

/** Tokens that a server counts beside those of the text, such as one for its beginning. */
export type Frame =
  | { readonly kind: 'none' }
  /** Asked of the server by a text of a single token. */
  | { readonly kind: 'measured' }
  /** `null` for a model of which nobody has measured it. */
  | { readonly kind: 'known'; tokens(model: string): number | null };

export interface Protocol {
  countRequest(question: Question): ServerRequest;
  readonly place: NumberPlace;
  readonly frame: Frame;
  /** How long an answer may take: a server that has to load and run its model needs minutes. */
  readonly timeLimitMs: number;
  /** For a server that has other servers run some models: the one that a text goes on to, `null` for none. */
  relaysTo?(model: string): string | null;
  /** For a server that may count a part of the text and not say so: how many tokens it can take at once. */
  readonly room?: RoomQuestion;
}

export interface RoomQuestion {
  readonly request: ServerRequest;
  /** @returns `null` when the answer does not tell */
  read(answer: unknown, model: string): number | null;
}

/** What a request with a JSON body says of itself. */
export function postJson(
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): ServerRequest {
  return { method: 'POST', path, headers: { 'content-type': 'application/json', ...headers }, body };
}

/** For servers that take `model` or go without. */
export function namedModel(model: string): { readonly model?: string } {
  return model === '' ? {} : { model };
}

/** A tokenizer alone answers at once. */
export const tokenizerLimitMs = 20_000;
/** A model that is not loaded yet is read from a disk first, and then reads the text. */
export const modelLimitMs = 180_000;
