/** The Anthropic Messages protocol, streamed and plain, as Claude Code speaks it. */

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
import { asideActor, type ModelCall, mainActor, type Reply, type ToolCall, type Usage } from './script.ts';
import { usage } from './steps.ts';

export const anthropicMessages: Protocol = {
  isModelCall: (path) => path === '/v1/messages',

  answerOther: ({ path, body }) =>
    path === '/v1/messages/count_tokens'
      ? json(200, { input_tokens: Math.ceil(JSON.stringify(body).length / 4) })
      : undefined,

  readCall: (request) => ({
    model: textOf(request.body.model),
    actor: actorOfCall(request),
    tools: objectsIn(request.body.tools).map((tool) => textOf(tool.name)),
    // Claude Code waits for its sub-agents by itself: it has no tool for it.
    hasHelpersAtWork: false,
  }),

  usualUsage: (callNumber) =>
    usage({
      uncachedInput: 10 + callNumber,
      cacheRead: 9_000 + callNumber,
      cacheWrite5m: 500 + callNumber,
      cacheWrite1h: 1_000 + callNumber,
      output: 300 + callNumber,
      reasoning: 20 + callNumber,
    }),

  idsFor: (callNumber, prefix) => ({
    response: `msg_${prefix}${callNumber}`,
    request: `req_${prefix}${callNumber}`,
  }),

  reply(request, ids, reply, figures, call) {
    const message = toMessage(ids, reply, figures, call);
    const headers = { 'request-id': ids.request };
    return request.body.stream === true
      ? eventStream(toEvents(message), headers)
      : json(200, message, headers);
  },

  finalStatus: 402,

  tell: (_request, ids, reply, call) => ({
    stopReason: stopReasonOf(reply),
    calls: callsOf(ids, reply, call),
  }),

  refuse: (status, ids) =>
    json(
      status,
      {
        type: 'error',
        error: { type: errorTypes[status] ?? 'api_error', message: 'Refused by the script.' },
      },
      { 'request-id': ids.request, 'retry-after': '0' },
    ),
};

const errorTypes: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  402: 'billing_error',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

/** Claude Code offers no tools in the small calls that it makes for itself. */
function actorOfCall({ body }: WireRequest): string {
  const actor = actorOf(objectsIn(body.messages).flatMap(promptsOf));
  if (actor !== mainActor) return actor;
  return objectsIn(body.tools).length === 0 ? asideActor : mainActor;
}

function promptsOf(message: JsonObject): string[] {
  if (message.role !== 'user') return [];
  if (typeof message.content === 'string') return [message.content];
  return objectsIn(message.content).map((block) => textOf(block.text));
}

type ToolBlock = AskedCall & { readonly type: 'tool_use' };
type Block = ToolBlock | { readonly type: 'text'; readonly text: string };

type Message = ReturnType<typeof toMessage>;

function toMessage(ids: ResponseIds, reply: Reply, figures: Usage, call: ModelCall) {
  const content: Block[] = [{ type: 'text', text: reply.text }, ...callsOf(ids, reply, call)];
  return {
    id: ids.response,
    type: 'message',
    role: 'assistant',
    model: call.model,
    content,
    stop_reason: stopReasonOf(reply),
    stop_sequence: null,
    usage: toUsage(figures),
  };
}

function stopReasonOf(reply: Reply): string {
  return reply.toolCalls.length > 0 ? 'tool_use' : 'end_turn';
}

function callsOf(ids: ResponseIds, reply: Reply, call: ModelCall): ToolBlock[] {
  return reply.toolCalls.map((toolCall, index) => toBlock(toolCall, `toolu_${ids.response}_${index}`, call));
}

function toBlock(toolCall: ToolCall, id: string, call: ModelCall): ToolBlock {
  const pick = (...names: string[]) => names.find((name) => call.tools.includes(name)) ?? names.join('|');
  switch (toolCall.tool) {
    case 'shell':
      return {
        type: 'tool_use',
        id,
        name: pick('Bash'),
        input: { command: toolCall.command, description: 'A step of the script' },
      };
    case 'spawn':
      return {
        type: 'tool_use',
        id,
        name: pick('Agent', 'Task'),
        input: {
          description: `Start ${toolCall.actor}`,
          prompt: actorPrompt(toolCall.actor),
          subagent_type: 'general-purpose',
          ...(toolCall.isAwaited && { run_in_background: false }),
        },
      };
    case 'search':
      return { type: 'tool_use', id, name: pick('WebSearch'), input: { query: toolCall.query } };
    case 'wait':
      throw new Error('Claude Code has no tool to wait with');
  }
}

function toUsage({ tokens, webSearches, terms }: Usage) {
  return {
    input_tokens: tokens.uncachedInput,
    cache_read_input_tokens: tokens.cacheRead,
    cache_creation_input_tokens: tokens.cacheWrite5m + tokens.cacheWrite1h,
    cache_creation: {
      ephemeral_5m_input_tokens: tokens.cacheWrite5m,
      ephemeral_1h_input_tokens: tokens.cacheWrite1h,
    },
    output_tokens: tokens.output,
    output_tokens_details: { thinking_tokens: tokens.reasoning },
    server_tool_use: { web_search_requests: webSearches, web_fetch_requests: 0 },
    service_tier: terms.serviceTier ?? 'standard',
    ...(terms.region && { inference_geo: terms.region }),
    ...(terms.speed && { speed: terms.speed }),
  };
}

/** The stream opens with the prompt's usage and one token of output; the true count comes at the end. */
function toEvents(message: Message): ServerEvent[] {
  const opening = { ...message.usage, output_tokens: 1 };
  return [
    {
      type: 'message_start',
      message: { ...message, content: [], stop_reason: null, usage: opening },
    },
    ...message.content.flatMap(toBlockEvents),
    {
      type: 'message_delta',
      delta: { stop_reason: message.stop_reason, stop_sequence: null },
      usage: message.usage,
    },
    { type: 'message_stop' },
  ];
}

function toBlockEvents(block: Block, index: number): ServerEvent[] {
  const [opening, delta] =
    block.type === 'text'
      ? [
          { type: 'text', text: '' },
          { type: 'text_delta', text: block.text },
        ]
      : [
          { ...block, input: {} },
          { type: 'input_json_delta', partial_json: JSON.stringify(block.input) },
        ];
  return [
    { type: 'content_block_start', index, content_block: opening },
    { type: 'content_block_delta', index, delta },
    { type: 'content_block_stop', index },
  ];
}
