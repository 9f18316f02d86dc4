/**
 * Ollama. No version has an endpoint for a tokenizer: the proposals (pull requests 6586, 7412, 8106, 12030 and 16820 of
 * ollama/ollama) are open or closed, none merged. What tells the tokens of a text is `prompt_eval_count` of
 * `POST /api/generate` (`docs/api.md`): with `raw` no template is put around the text; one token is the least that can
 * be asked for, as 0 means no limit.
 *
 * - The number is that of the whole prompt, cached or not, since pull request 5371 of July 2024. Version 0.30.0 left
 *   out what was cached (pull request 16428 mends it); of that one a text counted twice comes out too small.
 * - A prompt longer than the context is cut without a word. `truncate: false` has newer versions refuse it (pull
 *   request 17944 describes it); for the others `GET /api/ps` tells the context that the model was loaded with (pull
 *   request 11331), and a count that fills it is not taken for that of the text.
 */

import { fieldOf } from './json.ts';
import { modelLimitMs, type Protocol, postJson } from './protocol.ts';

export const ollama: Protocol = {
  countRequest: ({ text, model }) =>
    postJson('/api/generate', {
      model,
      prompt: text,
      raw: true,
      stream: false,
      truncate: false,
      options: { num_predict: 1 },
    }),
  // By its names for them (docs.ollama.com/cloud): `gpt-oss:120b-cloud`, `glm-4.6:cloud`.
  relaysTo: (model) => (/(?:^|[:-])cloud$/i.test(model) ? 'ollama.com' : null),
  place: { kind: 'number', path: ['prompt_eval_count'] },
  frame: { kind: 'measured' },
  timeLimitMs: modelLimitMs,
  room: {
    request: { method: 'GET', path: '/api/ps', headers: {}, body: undefined },
    read: contextOf,
  },
};

function contextOf(answer: unknown, model: string): number | null {
  const loaded = fieldOf(answer, 'models');
  if (!Array.isArray(loaded)) return null;
  const own = loaded.find((one) => [model, `${model}:latest`].includes(String(fieldOf(one, 'name'))));
  const length = fieldOf(own, 'context_length');
  return typeof length === 'number' && length > 0 ? length : null;
}
