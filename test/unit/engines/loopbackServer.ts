/** A server on loopback that answers as a test wants it to, and keeps what it was sent. */

import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Respond = (sent: SentRequest, response: ServerResponse) => void;

export class LoopbackServer {
  readonly sent: SentRequest[] = [];
  respond: Respond;
  readonly #server = createServer(
    ((request, response) => void this.#take(request, response)) as RequestListener,
  );

  constructor(respond: Respond = () => {}) {
    this.respond = respond;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const sent = { method, path: url, headers, body: await text(request) };
    this.sent.push(sent);
    this.respond(sent, response);
  }
}

export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(value));
}
