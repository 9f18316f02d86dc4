/** Servers that speak as the engines do. Their tokenizer makes a token of each word, and one of the beginning. */

import type { Respond } from './loopbackServer.ts';
import { sendJson } from './loopbackServer.ts';

const beginning = 1;

export function words(text: string): readonly number[] {
  return text.split(/\s+/).flatMap((word, index) => (word === '' ? [] : [100 + index]));
}

/** The answers by method and path, from what was sent as JSON; anything else is not found. */
function answering(answers: Readonly<Record<string, (body: never) => unknown>>): Respond {
  return ({ method, path, body }, response) => {
    const answer = answers[`${method} ${path}`];
    if (answer === undefined) sendJson(response, { error: 'no such thing' }, 404);
    else sendJson(response, answer((body === '' ? null : JSON.parse(body)) as never));
  };
}

interface LlamaCppBody {
  readonly content: string;
  readonly add_special?: boolean;
}

interface VllmBody {
  readonly prompt: string;
  readonly add_special_tokens?: boolean;
}

interface OllamaBody {
  readonly model: string;
  readonly prompt: string;
  readonly raw?: boolean;
  readonly options?: { readonly num_predict?: number };
}

export const engineServers = {
  'llama.cpp': answering({
    'POST /tokenize': ({ content, add_special = false }: LlamaCppBody) => ({
      tokens: [...(add_special ? [beginning] : []), ...words(content)],
    }),
  }),
  vllm: answering({
    'POST /tokenize': ({ prompt, add_special_tokens = true }: VllmBody) => {
      const tokens = [...(add_special_tokens ? [beginning] : []), ...words(prompt)];
      return { count: tokens.length, max_model_len: 8192, tokens, token_strs: null };
    },
  }),
  tgi: answering({
    'POST /tokenize': ({ inputs }: { readonly inputs: string }) =>
      [beginning, ...words(inputs)].map((id) => ({ id, text: '"}],\\', start: 0, stop: 1 })),
  }),
  ollama: ollamaServer(4096),
  'tensorrt-llm': answering({
    'POST /v1/completions': ({
      prompt,
      max_tokens,
    }: {
      readonly prompt: string;
      readonly max_tokens: number;
    }) => {
      const prompt_tokens = 1 + words(prompt).length;
      return {
        choices: [{ index: 0, text: ' so' }],
        usage: { prompt_tokens, completion_tokens: max_tokens, total_tokens: prompt_tokens + max_tokens },
      };
    },
  }),
} as const satisfies Readonly<Record<string, Respond>>;

/** Cuts what does not fit into its context without a word, as versions did that do not know `truncate`. */
export function ollamaServer(context: number): Respond {
  return answering({
    'POST /api/generate': ({ model, prompt, raw, options }: OllamaBody) => ({
      model,
      response: 'so',
      done: true,
      prompt_eval_count: Math.min(context, (raw ? 1 : 12) + words(prompt).length),
      eval_count: options?.num_predict ?? 200,
    }),
    'GET /api/ps': () => ({ models: [{ name: 'tides:latest', context_length: context }] }),
  });
}
