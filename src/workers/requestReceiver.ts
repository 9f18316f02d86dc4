/**
 * Receives what Claude Code's telemetry tells of its requests, where the user has switched that on, and keeps the numbers of
 * it in a log that the reader of Claude Code reads like any other: OTLP/JSON over HTTP, on loopback alone, and only from
 * whom the user's own settings of Claude Code have given the secret.
 */

import { timingSafeEqual } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { join, sep } from 'node:path';
import { requestLines, requestsFileAt } from '../agents/claude/requestEvents.ts';
import { fieldOf, parseRecord, textOf } from '../agents/fields.ts';

/** Says where to receive; beside Claude Code's settings, which name the same port and secret. */
const receiverFile = 'receiver.json';
const exportPath = '/v1/logs';

/** An export holds some hundred events, each of a few kilobytes where users have their prompts in them. */
const mostBytes = 16 * 1024 * 1024;
/** Agents that run at once on one machine. */
const mostConnections = 64;
const patienceMs = 10_000;
const limits = {
  requestTimeout: patienceMs,
  headersTimeout: patienceMs,
  // Who says nothing must not keep others out for long.
  connectionsCheckingInterval: 2_000,
};

/** Of many windows one receives. The others try again with what changes in logs, no more often than that. */
const againMs = 2_000;

/** By which one of us is known from another program. */
const ownHeader = 'x-token-burn';

interface Door {
  readonly port: number;
  readonly secret: string;
}

interface Receiver {
  readonly door: Door;
  /** `null` where another has the port. */
  readonly server: Server | null;
  /** Who has the port is none of us. */
  readonly isTaken: boolean;
  readonly triedMs: number;
}

export class RequestReceivers {
  readonly #now: () => number;
  readonly #receivers = new Map<string, Receiver>();
  #folders: readonly string[] = [];
  #following: Promise<void> = Promise.resolve();
  /** The end of what is being written: one export after the other. */
  #written: Promise<unknown> = Promise.resolve();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @param folders in which a receiver may be asked for, and in no others any more */
  follow(folders: readonly string[]): Promise<void> {
    this.#folders = folders;
    for (const folder of this.#receivers.keys()) if (!folders.includes(folder)) this.#end(folder);
    return this.#look(folders);
  }

  /**
   * Returns whether a receiver was looked after.
   *
   * @param paths what has changed in logs and beside them
   */
  async noteChanged(paths: readonly string[]): Promise<boolean> {
    const asked = this.#folders.filter(
      (folder) => this.#isDue(folder) || paths.some((path) => isAskedBy(path, folder)),
    );
    await this.#look(asked);
    return asked.length > 0;
  }

  /** Ports at which should be received, and another program listens. */
  get portsTaken(): readonly number[] {
    return [...this.#receivers.values()].filter(({ isTaken }) => isTaken).map(({ door }) => door.port);
  }

  close(): void {
    void this.follow([]);
  }

  #isDue(folder: string): boolean {
    const receiver = this.#receivers.get(folder);
    return receiver?.server === null && this.#now() - receiver.triedMs >= againMs;
  }

  #look(folders: readonly string[]): Promise<void> {
    if (folders.length === 0) return this.#following;
    this.#following = this.#following.then(async () => {
      for (const folder of folders) await this.#lookInto(folder);
    });
    return this.#following;
  }

  async #lookInto(folder: string): Promise<void> {
    const door = await doorIn(folder);
    const before = this.#receivers.get(folder);
    const isSame = before?.door.port === door?.port && before?.door.secret === door?.secret;
    const known = isSame ? before : undefined;
    if (known?.server) return;
    this.#end(folder);
    if (door === null || !this.#folders.includes(folder)) return;
    const server = await listen(door, (lines) => this.#keep(folder, lines));
    // A window that had the port mostly has it still.
    const isKnown = known !== undefined && !known.isTaken;
    const isTaken = server === null && !isKnown && !(await isOurs(door));
    this.#receivers.set(folder, { door, server, isTaken, triedMs: this.#now() });
    if (!this.#folders.includes(folder)) this.#end(folder);
  }

  #end(folder: string): void {
    const server = this.#receivers.get(folder)?.server;
    this.#receivers.delete(folder);
    server?.close();
    server?.closeAllConnections();
  }

  #keep(folder: string, lines: readonly string[]): Promise<void> {
    const path = join(folder, requestsFileAt(this.#now()));
    const kept = this.#written.then(() => (lines.length === 0 ? undefined : appendLines(path, lines)));
    this.#written = kept.catch(() => {});
    return kept;
  }
}

/** Below a line that was cut off, as by a full disk, which would else swallow the first of them. */
async function appendLines(path: string, lines: readonly string[]): Promise<void> {
  const file = await open(path, 'a+', 0o600);
  try {
    const { size } = await file.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await file.read(last, 0, 1, size - 1);
    const isCut = size > 0 && last.toString() !== '\n';
    await file.appendFile(`${isCut ? '\n' : ''}${lines.join('')}`);
  } finally {
    await file.close();
  }
}

/** Of a folder that is new a watcher names the folder itself, or one above it. */
function isAskedBy(path: string, folder: string): boolean {
  return path === join(folder, receiverFile) || path === folder || folder.startsWith(`${path}${sep}`);
}

async function doorIn(folder: string): Promise<Door | null> {
  const text = await readFile(join(folder, receiverFile), 'utf8').catch(() => '');
  const record = parseRecord(text);
  const port = record && fieldOf(record, 'port');
  const secret = record && textOf(record, 'secret');
  return typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536 && secret
    ? { port, secret }
    : null;
}

type Keep = (lines: readonly string[]) => Promise<void>;

/** `null` where the port is taken. */
async function listen({ port, secret }: Door, keep: Keep): Promise<Server | null> {
  // Few have telemetry: the others need not have the module in their memory.
  const { createServer } = await import('node:http');
  const server = createServer(limits, (request, response) => receive(request, response, secret, keep));
  server.maxConnections = mostConnections;
  return new Promise((resolve) => {
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => {
      // A connection that breaks is its own affair.
      server.on('error', () => {});
      server.unref();
      resolve(server);
    });
  });
}

/** Whether who listens knows the secret. */
async function isOurs({ port, secret }: Door): Promise<boolean> {
  const { request } = await import('node:http');
  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
  const where = { host: '127.0.0.1', port, path: exportPath, agent: false, timeout: patienceMs };
  return new Promise((resolve) => {
    const asked = request({ ...where, method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode === 200 && ownHeader in response.headers);
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(false));
    asked.end('{"resourceLogs":[]}');
  });
}

function receive(request: IncomingMessage, response: ServerResponse, secret: string, keep: Keep): void {
  const answer = (status: number) => {
    if (response.headersSent) return;
    response.writeHead(status, { 'content-type': 'application/json', [ownHeader]: '1' });
    // What is refused is not waited for.
    response.end('{}', () => status === 200 || request.destroy());
  };
  const problem = problemOf(request, secret);
  if (problem !== null) {
    answer(problem);
    return;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on('error', () => {});
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= mostBytes) chunks.push(chunk);
    else answer(413);
  });
  request.on('end', () => {
    if (bytes <= mostBytes) void keepExport(Buffer.concat(chunks), keep).then(answer);
  });
}

function problemOf({ method, url, headers }: IncomingMessage, secret: string): number | null {
  if (!isSame(headers.authorization ?? '', `Bearer ${secret}`)) return 401;
  if (method !== 'POST' || url !== exportPath) return 404;
  return /^application\/json\b/i.test(headers['content-type'] ?? '') ? null : 415;
}

function isSame(text: string, secret: string): boolean {
  const [a, b] = [Buffer.from(text), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Returns the status to answer with. What could not be written is sent again after 503. */
async function keepExport(body: Buffer, keep: Keep): Promise<number> {
  const lines = requestLines(parseRecord(body.toString()));
  if (lines === null) return 400;
  try {
    await keep(lines);
    return 200;
  } catch {
    return 503;
  }
}
