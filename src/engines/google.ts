/**
 * Google's counting endpoint: `POST /v1beta/models/{model}:countTokens` with `{contents}` answers `{totalTokens}`
 * (ai.google.dev/api/tokens). A single text comes without a frame: what the documentation counts for a sentence is one
 * less than what generating from it is billed for.
 */

import { type Protocol, postJson, tokenizerLimitMs } from './protocol.ts';

export const googleUrl = 'https://generativelanguage.googleapis.com';

export const google: Protocol = {
  countRequest: ({ text, model, key }) =>
    postJson(
      `/v1beta/models/${encodeURIComponent(model)}:countTokens`,
      { contents: [{ parts: [{ text }] }] },
      { 'x-goog-api-key': key },
    ),
  place: { kind: 'number', path: ['totalTokens'] },
  frame: { kind: 'none' },
  timeLimitMs: tokenizerLimitMs,
};
