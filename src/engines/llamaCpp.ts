/**
 * The server of llama.cpp, `llama-server`: `POST /tokenize` with `{content, add_special, parse_special}` answers
 * `{tokens: [id, …]}`, by its README (`tools/server/README.md` of ggml-org/llama.cpp; `add_special` since its pull
 * request 7059). The model matters to a server that routes to several (huggingface.co/blog/ggml-org,
 * "Model Management in llama.cpp").
 */

import { namedModel, type Protocol, postJson, tokenizerLimitMs } from './protocol.ts';

export const llamaCpp: Protocol = {
  countRequest: ({ text, model }) =>
    postJson('/tokenize', { ...namedModel(model), content: text, add_special: false, parse_special: false }),
  place: { kind: 'list', under: 'tokens' },
  frame: { kind: 'none' },
  timeLimitMs: tokenizerLimitMs,
};
