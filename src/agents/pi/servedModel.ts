/** Which model answered, where a router chose it. */

import { type LogRecord, nameOf } from '../fields.ts';

/**
 * The model that was asked, or the one that a router such as `openrouter/auto` had answer in its place: Pi tells it where
 * the provider's name of the model is another, OMP wherever it is told. Most often that is the same model with its date, for
 * which price lists have no name.
 */
export function modelOf(message: LogRecord): string {
  const asked = nameOf(message, 'model');
  const served = nameOf(message, 'responseModel') || nameOf(message, 'upstreamModel');
  return served === '' || isSameModel(asked, served) ? asked : served;
}

/** Such as `anthropic/claude-sonnet-4.5` and `anthropic/claude-4.5-sonnet-20250929`. */
function isSameModel(asked: string, served: string): boolean {
  const [words, others] = [wordsOf(asked), wordsOf(served)];
  const more = others.filter((word) => !words.includes(word));
  return words.every((word) => others.includes(word)) && more.every((word) => /^\d\d+$/.test(word));
}

/** Of a model's name without its vendor's, which not every provider writes before it. */
function wordsOf(model: string): readonly string[] {
  const name = model.toLowerCase().split('/').at(-1) ?? '';
  return name.split(/[^a-z\d]+/).filter((word) => word !== '');
}
