/** What `tokensIn` means in a task of Cline: it is logged as its provider's handler hands it over. */

import type { InputKind, Spent, Usage } from '../tasks/usage.ts';

/**
 * Handlers that hand over the whole prompt beside what of it was cached, by `providerId`; the others take the cached part
 * off (Anthropic's API tells it so), or tell of no cache. From `src/core/api/providers` of cline/cline, up to July 2026.
 */
const wholePrompt = new Set([
  'chutes',
  'doubao',
  'fireworks',
  'hicap',
  'litellm',
  'lmstudio',
  'oca',
  'openai',
  'openai-codex',
  'qwen',
  'requesty',
  'rodiumai',
  'xai',
  'zai',
]);

/**
 * A handler may take the cached part off in some versions or for some models, as those of LiteLLM and Oracle do. One
 * request with less than its own cached part tells of it for all of the task. Before Cline named providers most of its
 * tasks were such of which nothing has to be taken off.
 */
export function clineInputKinds(task: readonly Spent[]): (spent: Spent) => InputKind {
  const requests = task.filter(({ isSum }) => !isSum);
  const uncached = new Set(
    requests.filter(({ usage }) => (usage.input ?? 0) < cachedOf(usage)).map(({ provider }) => provider),
  );
  return ({ provider, usage }) => {
    const isWhole = provider === '' ? isHitsAndMisses(usage) : wholePrompt.has(provider);
    return isWhole && !uncached.has(provider) ? 'whole' : 'uncached';
  };
}

/** DeepSeek's prompt is the sum of what the cache had and what it had not, which Cline logs as a write. */
function isHitsAndMisses(usage: Usage): boolean {
  return usage.input === cachedOf(usage) && usage.cacheWrite > 0;
}

function cachedOf({ cacheRead, cacheWrite }: Usage): number {
  return cacheRead + cacheWrite;
}
