/** Lines of Codex's rollouts, as far as programs read them that count by running totals. */

import {
  fieldOf,
  type LogRecord,
  nameOf,
  parseRecord,
  recordOf,
  timeOf,
} from '../../../src/agents/fields.ts';
import { receiptKey } from '../../agents/ledgerReading.ts';
import type { CommonTokens } from '../commonTokens.ts';
import type { SeenLine } from '../imitation.ts';

/** Counts in Codex's own terms: input holds what is cached, output the reasoning. */
export interface CodexUsage {
  readonly input: number;
  readonly cached: number;
  readonly cacheWrite: number;
  readonly output: number;
  readonly reasoning: number;
  readonly total: number;
}

export interface CodexLine {
  readonly type: string;
  readonly atMs: number | null;
  readonly payload: LogRecord;
}

export function parseCodexLine(text: string): CodexLine | null {
  const record = parseRecord(text);
  const payload = record && recordOf(record, 'payload');
  return payload && { type: nameOf(record, 'type'), atMs: timeOf(record, 'timestamp'), payload };
}

/** A `token_count` with numbers in it. */
export interface CodexCount {
  readonly last: CodexUsage | null;
  readonly total: CodexUsage | null;
}

export function toCount({ type, payload }: CodexLine): CodexCount | null {
  const info = type === 'event_msg' && nameOf(payload, 'type') === 'token_count' && recordOf(payload, 'info');
  if (!info) return null;
  const last = recordOf(info, 'last_token_usage');
  const total = recordOf(info, 'total_token_usage');
  return last === null && total === null
    ? null
    : { last: last && toUsage(last), total: total && toUsage(total) };
}

/** The model on a count itself, which few logs have. */
export function modelOf({ payload }: CodexLine): string | null {
  const info = recordOf(payload, 'info');
  const places = info === null ? [payload] : [payload, info];
  const names = places.flatMap((place) => [nameOf(place, 'model'), nameOf(place, 'model_name')]);
  return names.find((name) => name !== '') ?? null;
}

export function toUsage(record: LogRecord): CodexUsage {
  const count = (name: string) => {
    const value = fieldOf(record, name);
    return typeof value === 'number' ? value : 0;
  };
  return {
    input: count('input_tokens'),
    cached: count('cached_input_tokens'),
    cacheWrite: count('cache_write_input_tokens'),
    output: count('output_tokens'),
    reasoning: count('reasoning_output_tokens'),
    total: count('total_tokens'),
  };
}

export function mark({ input, cached, cacheWrite, output, reasoning, total }: CodexUsage): string {
  return [input, cached, cacheWrite, output, reasoning, total].join(' ');
}

export function isNothing({ input, cached, output, reasoning }: CodexUsage): boolean {
  return input === 0 && cached === 0 && output === 0 && reasoning === 0;
}

export function toTokens({ input, cached, cacheWrite, output }: CodexUsage): CommonTokens {
  const cacheRead = Math.min(cached, input);
  return { uncachedInput: input - cacheRead - cacheWrite, cacheRead, cacheWrite, output };
}

/** The thread that a `session_meta` says this one comes from. */
export function parentOf(meta: LogRecord): string | null {
  const source = recordOf(meta, 'source');
  const subAgent = source && recordOf(source, 'subagent');
  const spawn = subAgent && recordOf(subAgent, 'thread_spawn');
  return nameOf(meta, 'forked_from_id') || (spawn && nameOf(spawn, 'parent_thread_id')) || null;
}

/** What programs call a rollout, without the time in its name. */
export function rolloutName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.jsonl$/, '');
  return name.replace(/^rollout-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-/, '');
}

/** Finds our receipt of what a count tells: that of its own line, or of the record before it with the same usage. */
export class RecordTwins {
  readonly #waiting: { readonly receipt: string; readonly usage: string }[] = [];

  /** Takes a line that is no count. */
  takeRecord({ payload }: CodexLine, line: SeenLine): void {
    const usage = recordOf(payload, 'usage');
    const [receipt] = keysOf(line);
    if (usage === null || receipt === undefined) return;
    this.#waiting.push({ receipt, usage: mark(toUsage(usage)) });
  }

  receiptOf(count: CodexCount, line: SeenLine): string | null {
    const [own] = keysOf(line);
    if (own !== undefined || count.last === null) return own ?? null;
    const usage = mark(count.last);
    const at = this.#waiting.findIndex((waiting) => waiting.usage === usage);
    const [twin] = at < 0 ? [] : this.#waiting.splice(at, 1);
    return twin?.receipt ?? null;
  }

  /** Receipts of records that no count repeated. */
  get alone(): readonly string[] {
    return this.#waiting.map(({ receipt }) => receipt);
  }
}

function keysOf({ receipts }: SeenLine): readonly string[] {
  return receipts.map(({ agent, id }) => receiptKey(agent, id));
}
