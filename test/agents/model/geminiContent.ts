/** Google's generateContent protocol, streamed and plain, as Gemini CLI speaks it. */

import type { JsonValue } from '../../../src/agents/reader.ts';
import { promptTokens } from '../../../src/domain/tokens.ts';
import { actorOf, actorPrompt } from './lines.ts';
import {
  type JsonObject,
  json,
  objectIn,
  objectsIn,
  type Protocol,
  textOf,
  type WireRequest,
} from './protocol.ts';
import { asideActor, type ModelCall, mainActor, type Reply, type ToolCall, type Usage } from './script.ts';
import { usage } from './steps.ts';

const method = /\/models\/([^/:]+):(generateContent|streamGenerateContent|countTokens)$/;

export const geminiContent: Protocol = {
  isModelCall: (path) => /enerateContent$/.test(path) && method.test(path),

  answerOther: ({ path, body }) =>
    method.test(path) ? json(200, { totalTokens: Math.ceil(JSON.stringify(body).length / 4) }) : undefined,

  readCall: (request) => ({
    model: method.exec(request.path)?.[1] ?? '',
    actor: actorOfCall(request),
    tools: functionsIn(request.body).map(({ name }) => textOf(name)),
    // Gemini CLI waits for its sub-agents by itself.
    hasHelpersAtWork: false,
  }),

  usualUsage: (callNumber) =>
    usage({
      uncachedInput: 2_000 + callNumber,
      cacheRead: 8_000 + callNumber,
      output: 300 + callNumber,
      reasoning: 20 + callNumber,
    }),

  idsFor: (callNumber, prefix) => ({ response: `resp_${prefix}${callNumber}`, request: '' }),

  reply(request, ids, reply, figures, call) {
    const toChunk = (parts: readonly object[], used: object, finishReason?: string) => ({
      candidates: [
        { content: { role: 'model', parts }, index: 0, ...(finishReason !== undefined && { finishReason }) },
      ],
      usageMetadata: used,
      modelVersion: call.model,
      responseId: ids.response,
    });
    const parts = toParts(request, reply, call);
    const whole = toChunk(parts, toUsage(figures), 'STOP');
    if (!request.path.endsWith(':streamGenerateContent')) return json(200, whole);
    const first = toChunk([{ text: '**Plan** Think.', thought: true }], toOpeningUsage(figures));
    return stream([first, whole]);
  },

  finalStatus: 400,

  refuse: (status) =>
    json(status, {
      error: {
        code: status,
        message: 'Refused by the script.',
        status: errorTypes[status] ?? 'INTERNAL',
      },
    }),
};

const errorTypes: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
};

function stream(chunks: readonly object[]) {
  const body = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('');
  return { status: 200, headers: { 'content-type': 'text/event-stream' }, body };
}

/** Gemini CLI offers no tools in the small calls that it makes for itself. */
function actorOfCall({ body }: WireRequest): string {
  const actor = actorOf(objectsIn(body.contents).flatMap(promptsOf));
  if (actor !== mainActor) return actor;
  return functionsIn(body).length === 0 ? asideActor : mainActor;
}

function promptsOf({ role, parts }: JsonObject): string[] {
  return role === 'user' ? objectsIn(parts).map(({ text }) => textOf(text)) : [];
}

function functionsIn(body: JsonObject): JsonObject[] {
  return objectsIn(body.tools).flatMap(({ functionDeclarations }) => objectsIn(functionDeclarations));
}

/** What a sub-agent says last it says by a tool. */
const handBack = 'complete_task';

function toParts({ body }: WireRequest, reply: Reply, { tools }: ModelCall): object[] {
  const calls = reply.toolCalls.map(toFunctionCall);
  const isLast = calls.length === 0 && tools.includes(handBack);
  const last = isLast ? [{ name: handBack, args: resultOf(functionsIn(body), reply.text) }] : [];
  return [{ text: reply.text }, ...[...calls, ...last].map((functionCall) => ({ functionCall }))];
}

/** The text under each name that the tool asks for. */
function resultOf(functions: readonly JsonObject[], text: string): object {
  const tool = functions.find(({ name }) => name === handBack);
  const schema = objectIn(tool?.parametersJsonSchema ?? tool?.parameters);
  return Object.fromEntries(namesIn(schema.required).map((name) => [name, text]));
}

function namesIn(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}

function toFunctionCall(toolCall: ToolCall) {
  switch (toolCall.tool) {
    case 'shell':
      return {
        name: 'run_shell_command',
        args: { command: toolCall.command, description: 'A step of the script' },
      };
    case 'spawn':
      return {
        name: 'invoke_agent',
        args: { agent_name: 'generalist', prompt: actorPrompt(toolCall.actor) },
      };
    case 'search':
    case 'wait':
      throw new Error('no scenario of Gemini CLI searches or waits');
  }
}

/** What was read from the cache is inside the prompt; thoughts are beside what the candidates say. */
function toUsage({ tokens }: Usage) {
  const prompt = promptTokens(tokens);
  return {
    promptTokenCount: prompt,
    candidatesTokenCount: tokens.output - tokens.reasoning,
    thoughtsTokenCount: tokens.reasoning,
    cachedContentTokenCount: tokens.cacheRead,
    totalTokenCount: prompt + tokens.output,
  };
}

/** While the model still thinks, it has said nothing. */
function toOpeningUsage({ tokens }: Usage) {
  const prompt = promptTokens(tokens);
  return { promptTokenCount: prompt, thoughtsTokenCount: 1, totalTokenCount: prompt + 1 };
}
