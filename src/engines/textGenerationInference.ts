/**
 * Text Generation Inference: `POST /tokenize` with `{inputs}` answers a list `[{id, text, start, stop}, …]`
 * (`router/src/server.rs` of huggingface/text-generation-inference). It adds the special tokens of the tokenizer and
 * takes no word against it, so that they are measured.
 */

import { type Protocol, postJson, tokenizerLimitMs } from './protocol.ts';

export const textGenerationInference: Protocol = {
  countRequest: ({ text }) => postJson('/tokenize', { inputs: text }),
  place: { kind: 'list', under: null },
  frame: { kind: 'measured' },
  timeLimitMs: tokenizerLimitMs,
};
