/**
 * A model on loopback: plays a script to whichever agent asks, and keeps what it served. It ends itself after a
 * time and refuses once it was asked too often, so that no agent can run away with a test.
 */

import { randomBytes } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { json as readJson } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { anthropicMessages } from './anthropicMessages.ts';
import { geminiContent } from './geminiContent.ts';
import type { Meter } from './meter.ts';
import { openaiChat } from './openaiChat.ts';
import { openaiResponses } from './openaiResponses.ts';
import {
  json,
  type Protocol,
  type ResponseIds,
  type Told,
  type WireAnswer,
  type WireRequest,
} from './protocol.ts';
import { asideActor, type ModelCall, type Script, type ToolCall, type Usage } from './script.ts';
import { say } from './steps.ts';

/** One billed response. */
export interface ServedReply {
  readonly callNumber: number;
  readonly actor: string;
  readonly model: string;
  readonly ids: ResponseIds;
  readonly usage: Usage;
  /** The calls as the script has them, in the order in which the agent was asked. */
  readonly toolCalls: readonly ToolCall[];
  /** Absent where the protocol does not say. */
  readonly told: Told | undefined;
}

export interface ModelOptions {
  readonly script: Script;
  /** How responses are billed to which the script gives no usage; `undefined` takes the protocol's figures. */
  readonly meter?: Meter | undefined;
  /** Calls after which every further one is refused. */
  readonly maxCalls: number;
  /** How long each call takes; absent is no time at all. */
  readonly answerMs?: number;
  /** Time after which the model is gone, whoever still asks. */
  readonly lifeMs: number;
}

const protocols: readonly Protocol[] = [anthropicMessages, openaiResponses, openaiChat, geminiContent];

export class LoopbackModel {
  readonly served: ServedReply[] = [];
  /** Calls that the script did not foresee. */
  readonly unforeseen: ModelCall[] = [];
  /** Requests to paths that no protocol knows. */
  readonly strangePaths: string[] = [];
  /** When the model was asked, call by call, refused ones included: milliseconds since 1970 UTC. */
  readonly askedMs: number[] = [];
  /** What was asked last: agents send the whole conversation each time. */
  lastRequest: WireRequest | undefined;
  readonly #options: ModelOptions;
  readonly #server = http.createServer((request, response) => void this.#serve(request, response));
  readonly #idPrefix = randomBytes(4).toString('hex');
  #calls = 0;

  private constructor(options: ModelOptions) {
    this.#options = options;
  }

  /** Starts a model on a free port of 127.0.0.1. */
  static async start(options: ModelOptions): Promise<LoopbackModel> {
    const model = new LoopbackModel(options);
    await new Promise<void>((resolve) => model.#server.listen(0, '127.0.0.1', resolve));
    setTimeout(() => model.stop(), options.lifeMs).unref();
    return model;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #serve(message: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const answer = await this.#answer(message);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  async #answer(message: http.IncomingMessage): Promise<WireAnswer> {
    const request = await readRequest(message);
    if (request === undefined) return json(400, { error: 'not JSON' });
    const speaker = protocols.find((protocol) => protocol.isModelCall(request.path));
    if (speaker !== undefined) {
      const answer = this.#speak(speaker, request);
      await pause(this.#options.answerMs ?? 0);
      return answer;
    }
    for (const protocol of protocols) {
      const answer = protocol.answerOther?.(request);
      if (answer !== undefined) return answer;
    }
    this.strangePaths.push(`${message.method} ${request.path}`);
    return json(404, { error: { type: 'not_found_error', message: 'Unknown path.' } });
  }

  #speak(protocol: Protocol, request: WireRequest): WireAnswer {
    this.askedMs.push(Date.now());
    this.lastRequest = request;
    const call: ModelCall = { number: ++this.#calls, ...protocol.readCall(request) };
    const ids = protocol.idsFor(call.number, this.#idPrefix);
    if (call.number > this.#options.maxCalls) return protocol.refuse(protocol.finalStatus, ids);
    const step = call.actor === asideActor ? say('An aside.') : this.#nextStep(call);
    if (step.kind === 'failure') return protocol.refuse(step.status, ids);
    const usage = step.usage ?? this.#options.meter?.bill(request, step) ?? protocol.usualUsage(call.number);
    const told = protocol.tell?.(request, ids, step, call);
    const { number: callNumber, actor, model } = call;
    this.served.push({ callNumber, actor, model, ids, usage, toolCalls: step.toolCalls, told });
    return protocol.reply(request, ids, step, usage, call);
  }

  #nextStep(call: ModelCall) {
    const step = this.#options.script(call);
    if (step === undefined) this.unforeseen.push(call);
    return step ?? say('There is nothing more to say.');
  }
}

async function readRequest(message: http.IncomingMessage): Promise<WireRequest | undefined> {
  const path = (message.url ?? '').split('?', 1)[0] ?? '';
  if (message.method !== 'POST') return { path, body: {} };
  try {
    return { path, body: (await readJson(message)) as WireRequest['body'] };
  } catch {
    return undefined;
  }
}
