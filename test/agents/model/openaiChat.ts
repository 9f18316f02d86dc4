/**
 * The OpenAI Chat Completions protocol, streamed and plain, as OpenCode, Kilo Code, Copilot CLI, Qwen Code, Cline, Pi,
 * OpenClaw and VS Code speak it.
 */

import { promptTokens } from '../../../src/domain/tokens.ts';
import { actorOf, actorPrompt } from './lines.ts';
import {
  dataStream,
  type JsonObject,
  json,
  objectIn,
  objectsIn,
  type Protocol,
  type ResponseIds,
  textOf,
  type WireRequest,
} from './protocol.ts';
import { asideActor, type ModelCall, mainActor, type Reply, type ToolCall, type Usage } from './script.ts';
import { usage } from './steps.ts';

export const openaiChat: Protocol = {
  isModelCall: (path) => path === '/v1/chat/completions',

  readCall: ({ body }) => ({
    model: textOf(body.model),
    actor: actorOfCall(body),
    tools: functionsIn(body).map(({ name }) => textOf(name)),
    // These agents wait for their sub-agents by themselves.
    hasHelpersAtWork: false,
  }),

  usualUsage: (callNumber) =>
    usage({
      uncachedInput: 2_000 + callNumber,
      cacheRead: 8_000 + callNumber,
      output: 300 + callNumber,
      reasoning: 20 + callNumber,
    }),

  idsFor: (callNumber, prefix) => ({ response: `chatcmpl-${prefix}${callNumber}`, request: '' }),

  reply(request, ids, reply, figures, call) {
    const { body } = request;
    const completion = toCompletion(request, ids, reply, call);
    const used = toUsage(figures);
    if (body.stream !== true) return json(200, toWhole(completion, used));
    return dataStream(toChunks(completion, isUsageWanted(body) ? used : undefined));
  },

  finalStatus: 400,

  refuse: (status) =>
    json(
      status,
      { error: { type: errorTypes[status] ?? 'server_error', message: 'Refused by the script.' } },
      { 'retry-after': '0' },
    ),
};

const errorTypes: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  429: 'rate_limit_exceeded',
};

/** Agents offer no tools in the small calls that they make for themselves. */
function actorOfCall(body: JsonObject): string {
  const actor = actorOf(objectsIn(body.messages).flatMap(promptsOf));
  if (actor !== mainActor) return actor;
  return functionsIn(body).length === 0 ? asideActor : mainActor;
}

function promptsOf({ role, content }: JsonObject): string[] {
  if (role !== 'user') return [];
  const texts = typeof content === 'string' ? [content] : objectsIn(content).map(({ text }) => textOf(text));
  return texts.map((text) => text.replaceAll(quotedPrompts, ''));
}

/** OpenClaw tells whoever started sub-agents what they were asked. */
const quotedPrompts =
  /<prompt-data>.*?<\/prompt-data>|<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>.*?<<<END_OPENCLAW_INTERNAL_CONTEXT>>>|^task: [^\n]*/gms;

function functionsIn(body: JsonObject): JsonObject[] {
  return objectsIn(body.tools).map((tool) => objectIn(tool.function));
}

interface Completion {
  readonly id: string;
  readonly created: number;
  readonly model: string;
  readonly text: string;
  readonly toolCalls: readonly object[];
  readonly finishReason: 'stop' | 'tool_calls';
}

function toCompletion({ body }: WireRequest, ids: ResponseIds, reply: Reply, call: ModelCall): Completion {
  return {
    id: ids.response,
    created: Math.floor(Date.now() / 1_000),
    model: call.model,
    text: reply.text,
    toolCalls: reply.toolCalls.map((toolCall, index) => ({
      id: `call_${ids.response}_${index}`,
      type: 'function',
      function: toFunctionCall(toolCall, functionsIn(body)),
    })),
    finishReason: reply.toolCalls.length > 0 ? 'tool_calls' : 'stop',
  };
}

const shellTools = [
  'bash',
  'run_shell_command',
  'shell',
  'powershell',
  'run_commands',
  'run_in_terminal',
  'exec',
];
const spawnTools = ['task', 'agent', 'spawn_agent', 'runSubagent', 'sessions_spawn'];
/** Where a tool does not list them, OpenCode's `task` knows the first and Qwen Code's `agent` the second. */
const kindsOfAgents = ['general', 'general-purpose'];

function toFunctionCall(toolCall: ToolCall, offered: readonly JsonObject[]) {
  const pick = (names: readonly string[]) =>
    offered.find(({ name }) => names.includes(textOf(name))) ?? { name: names.join('|') };
  switch (toolCall.tool) {
    case 'shell':
      return callOf(pick(shellTools), {
        command: toolCall.command,
        commands: [toolCall.command],
        description: 'A step of the script',
        is_background: false,
        explanation: 'A step of the script',
        goal: 'To go on',
        mode: 'sync',
      });
    case 'spawn':
      return callOf(pick(spawnTools), {
        name: toolCall.actor,
        description: `Start ${toolCall.actor}`,
        prompt: actorPrompt(toolCall.actor),
        systemPrompt: 'You help.',
        task: actorPrompt(toolCall.actor),
        subagent_type: kindsOfAgents,
        agent_type: kindsOfAgents,
        ...(toolCall.isAwaited && { mode: 'sync', run_in_background: false }),
      });
    case 'search':
    case 'wait':
      throw new Error('no scenario of an agent that speaks this protocol searches or waits');
  }
}

/** A call with those arguments that the tool takes. Of several values it gets the first that the tool lists, or all. */
function callOf(tool: JsonObject, values: Readonly<Record<string, unknown>>) {
  const properties = objectIn(objectIn(tool.parameters).properties);
  const taken = Object.entries(values).filter(([name]) => name in properties);
  const input = taken.map(([name, value]) => [
    name,
    Array.isArray(value) && objectIn(properties[name]).type !== 'array'
      ? (choice(properties[name], value) ?? value.at(tool.name === 'agent' ? -1 : 0))
      : value,
  ]);
  return { name: textOf(tool.name), arguments: JSON.stringify(Object.fromEntries(input)) };
}

function choice(property: JsonObject[string] | undefined, values: readonly string[]): string | undefined {
  const listed = objectIn(property).enum;
  return Array.isArray(listed) ? values.find((value) => listed.includes(value)) : undefined;
}

function toWhole({ id, created, model, text, toolCalls, finishReason }: Completion, used: object): object {
  const message = {
    role: 'assistant',
    content: text,
    ...(toolCalls.length > 0 && { tool_calls: toolCalls }),
  };
  const choices = [{ index: 0, message, finish_reason: finishReason }];
  return { id, object: 'chat.completion', created, model, choices, usage: used };
}

/** The usage comes after the end, in a chunk without choices. */
function toChunks(
  { id, created, model, text, toolCalls, finishReason }: Completion,
  used?: object,
): object[] {
  const chunk = (choices: readonly object[], more: object = {}) => ({
    id,
    object: 'chat.completion.chunk',
    created,
    model,
    choices,
    ...more,
  });
  const delta = (value: object, end: string | null = null) =>
    chunk([{ index: 0, delta: value, finish_reason: end }]);
  return [
    delta({ role: 'assistant', content: '' }),
    delta({ content: text }),
    ...toolCalls.map((toolCall, index) => delta({ tool_calls: [{ index, ...toolCall }] })),
    delta({}, finishReason),
    ...(used === undefined ? [] : [chunk([], { usage: used })]),
  ];
}

function isUsageWanted(body: JsonObject): boolean {
  return objectIn(body.stream_options).include_usage === true;
}

/** What was read from the cache is inside the prompt, and reasoning inside the completion. */
function toUsage({ tokens }: Usage) {
  const prompt = promptTokens(tokens);
  const written = tokens.cacheWriteUnknown;
  return {
    prompt_tokens: prompt,
    prompt_tokens_details: {
      cached_tokens: tokens.cacheRead,
      ...(written > 0 && { cache_write_tokens: written }),
    },
    completion_tokens: tokens.output,
    completion_tokens_details: { reasoning_tokens: tokens.reasoning },
    total_tokens: prompt + tokens.output,
  };
}
