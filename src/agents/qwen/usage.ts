/** What Qwen Code says of the tokens of a response, in our classes. */

import type { RefusalReason } from '../../domain/refusal.ts';
import type { TokenCounts } from '../../domain/tokens.ts';
import { Counts, type LogRecord } from '../fields.ts';
import { type GoogleUsage, toTokens } from '../googleUsage.ts';

/** How a log names the counts of a response. */
type UsageNames = Readonly<Record<keyof GoogleUsage, string>>;

export const replyNames: UsageNames = {
  prompt: 'promptTokenCount',
  cached: 'cachedContentTokenCount',
  output: 'candidatesTokenCount',
  thoughts: 'thoughtsTokenCount',
  toolPrompt: 'toolUsePromptTokenCount',
  total: 'totalTokenCount',
};

export const telemetryNames: UsageNames = {
  prompt: 'input_token_count',
  cached: 'cached_content_token_count',
  output: 'output_token_count',
  thoughts: 'thoughts_token_count',
  toolPrompt: 'tool_token_count',
  total: 'total_token_count',
};

/** What a reply and the telemetry of its request have in common. Telemetry has 0 where the line of the reply may have nothing. */
export function countedIn(record: LogRecord, { prompt, output, total } = replyNames): string {
  const counts = new Counts(record);
  return [prompt, output, total].map((name) => counts.count(name) ?? 0).join('/');
}

export interface Counted {
  readonly usage: GoogleUsage;
  readonly tokens: TokenCounts;
}

/** What a record counts, or why that is refused. */
export function readUsage(record: LogRecord, names: UsageNames): Counted | RefusalReason {
  const counts = new Counts(record);
  const usage = {
    prompt: counts.count(names.prompt),
    cached: counts.count(names.cached),
    output: counts.count(names.output),
    thoughts: counts.count(names.thoughts),
    toolPrompt: counts.count(names.toolPrompt),
    total: counts.count(names.total),
  };
  if (counts.problem !== null) return counts.problem;
  const tokens = toTokens(usage, 'unknown');
  return typeof tokens === 'string' ? tokens : { usage, tokens };
}
