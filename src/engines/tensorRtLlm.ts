/**
 * TensorRT-LLM's `trtllm-serve`. It has no endpoint for a tokenizer (`docs/source/commands/trtllm-serve.rst` of
 * NVIDIA/TensorRT-LLM lists them all), but its completions tell `usage.prompt_tokens`, whatever was cached: the model
 * reads the text and writes one token. Its newer `/v1/messages/count_tokens` counts a message in the chat template,
 * which is not the text alone. Triton is another server: of its `preprocessing` model only some deployments have a
 * copy, each with inputs of its own, and it is not asked.
 */

import { modelLimitMs, type Protocol, postJson } from './protocol.ts';

export const tensorRtLlm: Protocol = {
  countRequest: ({ text, model }) => postJson('/v1/completions', { model, prompt: text, max_tokens: 1 }),
  place: { kind: 'number', path: ['usage', 'prompt_tokens'] },
  frame: { kind: 'measured' },
  timeLimitMs: modelLimitMs,
};
