/**
 * Anthropic's counting endpoint: `POST /v1/messages/count_tokens` with the model and messages answers `{input_tokens}`
 * (platform.claude.com/docs/en/api/messages-count-tokens). It costs nothing and has a rate limit of its own. It counts
 * a message, not a text: what it adds was measured, family by family, over recorded answers.
 */

import { type Protocol, postJson, tokenizerLimitMs } from './protocol.ts';

export const anthropicUrl = 'https://api.anthropic.com';

export const anthropic: Protocol = {
  countRequest: ({ text, model, key }) =>
    postJson(
      '/v1/messages/count_tokens',
      { model, messages: [{ role: 'user', content: text }] },
      { 'x-api-key': key, 'anthropic-version': '2023-06-01' },
    ),
  place: { kind: 'number', path: ['input_tokens'] },
  frame: { kind: 'known', tokens: frameTokens },
  timeLimitMs: tokenizerLimitMs,
};

const before47 = /^claude-(?:[a-z]+-)?(?:[123](?:\D|$)|4(?:-[0-6])?(?:-[a-z]|-?\d{8}|$))/;
const from47To49 = /^claude-(?:[a-z]+-)?4-[789](?:\D|$)/;
const of5 = /^claude-(?:[a-z]+-)?5(?:\D|$)/;

function frameTokens(model: string): number | null {
  if (before47.test(model)) return 7;
  if (from47To49.test(model)) return 11;
  return of5.test(model) ? 6 : null;
}
