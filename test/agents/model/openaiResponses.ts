/** The OpenAI Responses protocol, streamed, as Codex speaks it. */

import type { JsonValue } from '../../../src/agents/reader.ts';
import { promptTokens } from '../../../src/domain/tokens.ts';
import { actorOf, actorPrompt } from './lines.ts';
import {
  type AskedCall,
  eventStream,
  type JsonObject,
  json,
  objectsIn,
  type Protocol,
  type ResponseIds,
  type ServerEvent,
  textOf,
  type WireRequest,
} from './protocol.ts';
import type { Reply, ToolCall, Usage } from './script.ts';
import { usage } from './steps.ts';

export const openaiResponses: Protocol = {
  isModelCall: (path) => path === '/v1/responses',

  readCall: ({ body }) => ({
    model: textOf(body.model),
    actor: actorOf(objectsIn(body.input).flatMap(promptsOf)),
    tools: toolNames(body.tools),
    hasHelpersAtWork: helpersAtWork(body.input).length > 0,
  }),

  usualUsage: (callNumber) =>
    usage({
      uncachedInput: 2_000 + callNumber,
      cacheRead: 8_000 + callNumber,
      output: 300 + callNumber,
      reasoning: 20 + callNumber,
    }),

  idsFor: (callNumber, prefix) => ({ response: `resp_${prefix}${callNumber}`, request: '' }),

  reply(request, ids, reply, figures) {
    const items = toItems(request, ids, reply);
    const response = {
      id: ids.response,
      object: 'response',
      status: 'completed',
      model: textOf(request.body.model),
      service_tier: figures.terms.serviceTier ?? 'default',
      output: items,
      usage: toUsage(figures),
    };
    return eventStream(toEvents(response), {});
  },

  tell: (request, ids, reply) => ({ calls: callsOf(ids, reply, request) }),

  finalStatus: 400,

  refuse: (status) =>
    json(status, {
      error: { type: errorTypes[status] ?? 'server_error', message: 'Refused by the script.' },
    }),
};

const errorTypes: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  429: 'rate_limit_exceeded',
};

function promptsOf(item: JsonObject): string[] {
  if (item.role !== 'user' && item.type !== 'agent_message') return [];
  return objectsIn(item.content).map((part) => textOf(part.text ?? part.encrypted_content));
}

/** Names of the tools, with those of a namespace as `namespace.name`. */
function toolNames(tools: JsonValue | undefined): string[] {
  return objectsIn(tools).flatMap((tool) => {
    const name = textOf(tool.name);
    return tool.type === 'namespace'
      ? objectsIn(tool.tools).map((inner) => `${name}.${textOf(inner.name)}`)
      : [name];
  });
}

type Item = Readonly<Record<string, unknown>>;

function toItems(request: WireRequest, ids: ResponseIds, reply: Reply): Item[] {
  const message = {
    type: 'message',
    id: `item_${ids.response}`,
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text: reply.text, annotations: [] }],
  };
  return [message, ...callsOf(ids, reply, request).map((call) => toFunctionCall(call, request))];
}

function callsOf(ids: ResponseIds, reply: Reply, { body }: WireRequest): AskedCall[] {
  return reply.toolCalls.map((toolCall, index) => ({
    id: `call_${ids.response}_${index}`,
    ...toFunction(toolCall, body.input),
  }));
}

function toFunctionCall({ id: callId, name, input }: AskedCall, { body }: WireRequest): Item {
  const full = toolNames(body.tools).find((one) => one === name || one.endsWith(`.${name}`)) ?? name;
  const dot = full.indexOf('.');
  return {
    type: 'function_call',
    id: `fc_${callId}`,
    call_id: callId,
    ...(dot > 0 && { namespace: full.slice(0, dot) }),
    name,
    arguments: JSON.stringify(input),
    status: 'completed',
  };
}

function toFunction(
  toolCall: ToolCall,
  conversation: JsonValue | undefined,
): { name: string; input: object } {
  switch (toolCall.tool) {
    case 'shell':
      return { name: 'exec_command', input: { cmd: toolCall.command } };
    case 'spawn':
      return {
        name: 'spawn_agent',
        input: { task_name: toolCall.actor, message: actorPrompt(toolCall.actor) },
      };
    case 'search':
      throw new Error('no scenario of Codex searches');
    case 'wait':
      return { name: 'wait_agent', input: waitInput(helpersAtWork(conversation)) };
  }
}

/** Helpers that go by paths are waited for all together. */
function waitInput(helpers: readonly string[]): object {
  const targets = helpers.filter((helper) => !helper.startsWith('/'));
  return { timeout_ms: 10_000, ...(targets.length > 0 && { targets }) };
}

/**
 * Sub-agents that were started and have not handed back. Codex knows two ways: ids, whose state is told by the tool
 * that waits, and paths such as `/root/a`, from which messages arrive.
 */
function helpersAtWork(conversation: JsonValue | undefined): string[] {
  const items = objectsIn(conversation);
  const outputs = items
    .filter((item) => item.type === 'function_call_output')
    .map((item) => textOf(item.output))
    .join('\n');
  const messages = items
    .filter((item) => item.type === 'agent_message')
    .flatMap(promptsOf)
    .join('\n');
  const started = captures(outputs, /"(?:agent_id|task_name)":"([^"]+)"/g);
  const done = new Set([
    ...captures(outputs, /"([^"]+)":\{"(?:completed|errored)"/g),
    ...captures(messages, /FINAL_ANSWER\n.*\nSender: (\S+)/g),
  ]);
  return started.filter((helper) => !done.has(helper));
}

function captures(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '');
}

/** OpenAI counts what was read from and written to the cache inside its input tokens. */
function toUsage({ tokens }: Usage) {
  const input = promptTokens(tokens);
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: tokens.cacheRead, cache_write_tokens: tokens.cacheWriteUnknown },
    output_tokens: tokens.output,
    output_tokens_details: { reasoning_tokens: tokens.reasoning },
    total_tokens: input + tokens.output,
  };
}

function toEvents(response: {
  readonly output: readonly Item[];
  readonly [key: string]: unknown;
}): ServerEvent[] {
  const opened = { ...response, status: 'in_progress', output: [], usage: null };
  return [
    { type: 'response.created', response: opened },
    ...response.output.flatMap((item, index) => [
      { type: 'response.output_item.added', output_index: index, item: { ...item, status: 'in_progress' } },
      { type: 'response.output_item.done', output_index: index, item },
    ]),
    { type: 'response.completed', response },
  ];
}
