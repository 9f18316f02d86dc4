/** What a vendor's protocol must offer to be spoken by the loopback model. One file a protocol. */

import type { JsonValue } from '../../../src/agents/reader.ts';
import type { ModelCall, Reply, Usage } from './script.ts';

export type JsonObject = { readonly [key: string]: JsonValue };

/** A request as it came over the wire. */
export interface WireRequest {
  readonly path: string;
  readonly body: JsonObject;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the provider calls the response: unique for each, as the real ones are. */
export interface ResponseIds {
  readonly response: string;
  readonly request: string;
}

/** A call of a tool as the agent was asked for it. */
export interface AskedCall {
  readonly id: string;
  readonly name: string;
  readonly input: object;
}

/** What the agent is told beside text and usage. */
export interface Told {
  /** Absent where the protocol has no such thing. */
  readonly stopReason?: string;
  readonly calls: readonly AskedCall[];
}

export interface Protocol {
  /** Whether a request asks the model to speak. */
  isModelCall(path: string): boolean;
  /** Answers what is asked of the provider beside a model's reply, such as how many tokens a text has. */
  answerOther?(request: WireRequest): WireAnswer | undefined;
  readCall(request: WireRequest): Omit<ModelCall, 'number'>;
  /** Figures for the call of that number, different from any other's in every class. */
  usualUsage(callNumber: number): Usage;
  /** Ids for the call of that number; `prefix` is the same for one life of the model. */
  idsFor(callNumber: number, prefix: string): ResponseIds;
  reply(request: WireRequest, ids: ResponseIds, reply: Reply, usage: Usage, call: ModelCall): WireAnswer;
  /** What {@link reply} tells besides, where the protocol's agents log it. */
  tell?(request: WireRequest, ids: ResponseIds, reply: Reply, call: ModelCall): Told;
  refuse(status: number, ids: ResponseIds): WireAnswer;
  /** The status after which the agents that speak this protocol do not try again. */
  readonly finalStatus: number;
}

/** One server-sent event. */
export interface ServerEvent {
  readonly type: string;
  readonly [key: string]: unknown;
}

export function eventStream(
  events: readonly ServerEvent[],
  headers: Readonly<Record<string, string>>,
): WireAnswer {
  const body = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
  return { status: 200, headers: { 'content-type': 'text/event-stream', ...headers }, body };
}

/** Events that are not named, with the mark that there are no more. */
export function dataStream(values: readonly object[]): WireAnswer {
  const body = [...values.map((value) => JSON.stringify(value)), '[DONE]']
    .map((data) => `data: ${data}\n\n`)
    .join('');
  return { status: 200, headers: { 'content-type': 'text/event-stream' }, body };
}

export function json(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): WireAnswer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

function isObject(value: JsonValue): value is { [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectsIn(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A field that must be an object; an empty one where it is not. */
export function objectIn(value: JsonValue | undefined): JsonObject {
  return value !== undefined && isObject(value) ? value : {};
}

/** A field that must be text; empty where it is not. */
export function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
