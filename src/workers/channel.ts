/**
 * Requests, replies and events over a message port: the one dialect that the editor and its workers speak.
 * A request that fails is answered with an error reply, so nobody waits for ever.
 */

/** Each request by name, with what it takes and what it is answered with. */
export type RequestTable = Readonly<Record<string, { readonly params: unknown; readonly reply: unknown }>>;

export type Envelope =
  | { readonly kind: 'request'; readonly id: number; readonly name: string; readonly params: unknown }
  | { readonly kind: 'reply'; readonly inReplyTo: number; readonly result: unknown }
  | { readonly kind: 'failure'; readonly inReplyTo: number; readonly message: string }
  | { readonly kind: 'event'; readonly event: unknown };

/** The part of a `worker_threads` port, or of a `Worker`, that a channel needs. */
export interface Port {
  /** @param moved buffers in the message that are the other side's from now on, instead of being copied */
  postMessage(message: Envelope, moved?: readonly ArrayBuffer[]): void;
  on(event: 'message', listener: (message: Envelope) => void): unknown;
}

/** How one side answers each request of a table. */
export type Handlers<Requests extends RequestTable> = {
  readonly [Name in keyof Requests]: (
    params: Requests[Name]['params'],
  ) => Requests[Name]['reply'] | Promise<Requests[Name]['reply']>;
};

/** Which buffers in a reply nobody uses any more on the side that answers. */
export type Moved<Requests extends RequestTable> = (
  result: Requests[keyof Requests]['reply'],
) => readonly ArrayBuffer[];

/** Answers the requests that arrive at `port`; returns the function that sends events the other way. */
export function serve<Requests extends RequestTable, Event>(
  port: Port,
  handlers: Handlers<Requests>,
  moved: Moved<Requests> = () => [],
): (event: Event) => void {
  port.on('message', (message) => {
    if (message.kind === 'request') void answer(port, handlers, moved, message);
  });
  return (event) => port.postMessage({ kind: 'event', event });
}

async function answer<Requests extends RequestTable>(
  port: Port,
  handlers: Handlers<Requests>,
  moved: Moved<Requests>,
  request: Extract<Envelope, { kind: 'request' }>,
): Promise<void> {
  try {
    const handler = handlers[request.name];
    if (handler === undefined) throw new Error(`no such request: ${request.name}`);
    const result = await handler(request.params);
    port.postMessage({ kind: 'reply', inReplyTo: request.id, result }, moved(result));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    port.postMessage({ kind: 'failure', inReplyTo: request.id, message });
  }
}

/** The asking side of a channel. */
export class Caller<Requests extends RequestTable, Event> {
  readonly #port: Port;
  readonly #waiting = new Map<
    number,
    { resolve: (result: unknown) => void; reject: (error: Error) => void }
  >();
  #lastId = 0;

  constructor(port: Port, onEvent: (event: Event) => void) {
    this.#port = port;
    port.on('message', (message) => {
      if (message.kind === 'event') onEvent(message.event as Event);
      else if (message.kind !== 'request') this.#settle(message);
    });
  }

  call<Name extends keyof Requests & string>(
    name: Name,
    params: Requests[Name]['params'],
  ): Promise<Requests[Name]['reply']> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
      this.#port.postMessage({ kind: 'request', id, name, params });
    });
  }

  /** Rejects everything still waiting: the other side is gone. */
  abandon(reason: Error): void {
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }

  #settle(message: Extract<Envelope, { kind: 'reply' | 'failure' }>): void {
    const waiting = this.#waiting.get(message.inReplyTo);
    this.#waiting.delete(message.inReplyTo);
    if (message.kind === 'reply') waiting?.resolve(message.result);
    else waiting?.reject(new Error(message.message));
  }
}
