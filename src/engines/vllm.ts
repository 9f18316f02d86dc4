/**
 * vLLM: `POST /tokenize` with `{model, prompt, add_special_tokens}` answers `{count, max_model_len, tokens: [id, …]}`
 * (pull request 5054 of vllm-project/vllm; its `TokenizeCompletionRequest` has the model optional). It stands beside
 * `/v1`, not below it.
 */

import { namedModel, type Protocol, postJson, tokenizerLimitMs } from './protocol.ts';

export const vllm: Protocol = {
  countRequest: ({ text, model }) =>
    postJson('/tokenize', { ...namedModel(model), prompt: text, add_special_tokens: false }),
  place: { kind: 'list', under: 'tokens' },
  frame: { kind: 'none' },
  timeLimitMs: tokenizerLimitMs,
};
