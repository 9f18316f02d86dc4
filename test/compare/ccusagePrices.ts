/**
 * What ccusage charges, asked of itself: it is given logs of single responses, of each model some tokens of one class
 * alone, and every long response as it is, because lists have other prices for those. What it charges for all others
 * must follow from that, or it is not explained.
 */

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withTemporaryFolder } from '../harness/isolation.ts';
import { type CommonTokens, noCommonTokens, sumOf } from './commonTokens.ts';
import type { Entry } from './imitation.ts';
import { ccusageRows } from './peerReports.ts';

/** Dollars for all tokens of a response. */
export type Costing = (entry: Entry) => number;

/** A response as far as its price goes. */
interface Priced {
  readonly tokens: CommonTokens;
  readonly hourWrites: number;
  readonly isFast: boolean;
}

/** Up to this many tokens of all classes no list has another price. */
const longTokens = 100_000;

/** Tokens of one class, to learn the price of one. */
const sampleTokens = 50_000;

export function isLong({ tokens }: Pick<Priced, 'tokens'>): boolean {
  return sumOf(tokens) > longTokens;
}

/** @param agent by ccusage's name for it; others than `claude` and `codex` cannot be asked, and cost nothing */
export async function askPrices(program: string, agent: string, entries: readonly Entry[]): Promise<Costing> {
  const asked = new Asked(entries);
  const rows = await withTemporaryFolder(async (home) => {
    for (const [index, [model, responses]] of [...asked.byModel].entries()) {
      await writeLog(home, agent, index, model, responses);
    }
    return asked.byModel.size === 0 ? [] : ccusageRows(program, home, 'daily');
  });
  const costs = new Map(rows.map(({ model, group, cost }) => [identityOf(model, group), cost]));
  return (entry) => {
    const one = (response: Priced) =>
      costs.get(identityOf(entry.model, asked.dayOf(entry.model, response))) ?? 0;
    return entry.billing.loggedCost ?? costOf(toPriced(entry), one);
  };
}

function costOf(response: Priced, costOfOne: (response: Priced) => number): number {
  if (isLong(response)) return costOfOne(response);
  const { tokens, hourWrites, isFast } = response;
  return samples(isFast).reduce((sum, sample) => {
    const count = sample.hourWrites > 0 ? hourWrites : countOf(sample, tokens, hourWrites);
    return sum + (count * costOfOne(sample)) / sampleTokens;
  }, 0);
}

/** The tokens of the class that the sample is of; writes for an hour have a sample of their own. */
function countOf({ tokens: sample }: Priced, tokens: CommonTokens, hourWrites: number): number {
  if (sample.cacheWrite > 0) return tokens.cacheWrite - hourWrites;
  if (sample.uncachedInput > 0) return tokens.uncachedInput;
  return sample.cacheRead > 0 ? tokens.cacheRead : tokens.output;
}

function samples(isFast: boolean): readonly Priced[] {
  const sampleOf = (tokens: Partial<CommonTokens>, hourWrites = 0) => ({
    tokens: { ...noCommonTokens, ...tokens },
    hourWrites,
    isFast,
  });
  return [
    sampleOf({ uncachedInput: sampleTokens }),
    sampleOf({ cacheRead: sampleTokens }),
    sampleOf({ cacheWrite: sampleTokens }),
    sampleOf({ cacheWrite: sampleTokens }, sampleTokens),
    sampleOf({ output: sampleTokens }),
  ];
}

function toPriced({ tokens, billing }: Entry): Priced {
  return { tokens, hourWrites: billing.hourWrites, isFast: billing.isFast };
}

const dayMs = 86_400_000;
const firstDayMs = Date.UTC(2000, 0, 1);

/** The responses to ask for, each on a day of its own: the report has one sum a day and model. */
class Asked {
  readonly byModel = new Map<string, Priced[]>();
  readonly #days = new Map<string, string>();

  constructor(entries: readonly Entry[]) {
    for (const entry of entries) {
      for (const sample of [...samples(false), ...samples(true)]) this.#add(entry.model, sample);
      if (isLong(entry)) this.#add(entry.model, toPriced(entry));
    }
  }

  dayOf(model: string, response: Priced): string {
    return this.#days.get(responseIdentity(model, response)) ?? '';
  }

  #add(model: string, response: Priced): void {
    const identity = responseIdentity(model, response);
    if (this.#days.has(identity)) return;
    const responses = this.byModel.get(baseName(model)) ?? [];
    this.#days.set(identity, dayAt(responses.length));
    responses.push(response);
    this.byModel.set(baseName(model), responses);
  }
}

function dayAt(index: number): string {
  return new Date(firstDayMs + index * dayMs).toISOString().slice(0, 10);
}

function responseIdentity(model: string, response: Priced): string {
  return JSON.stringify([baseName(model), response]);
}

/** ccusage itself adds the mark of the fast mode. */
function baseName(model: string): string {
  return model.replace(/-fast$/, '');
}

function identityOf(model: string, day: string): string {
  return `${day} ${model}`;
}

async function writeLog(
  home: string,
  agent: string,
  index: number,
  model: string,
  responses: readonly Priced[],
): Promise<void> {
  const isCodex = agent === 'codex';
  const path = isCodex ? `.codex/sessions/rollout-${index}.jsonl` : `.claude/projects/prices/${index}.jsonl`;
  const file = join(home, path);
  const toLines = isCodex ? codexLines : claudeLines;
  const lines = responses.flatMap((response, at) => toLines(model, response, dayAt(at), index));
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

function claudeLines(
  model: string,
  { tokens, hourWrites, isFast }: Priced,
  day: string,
  index: number,
): readonly object[] {
  const usage = {
    input_tokens: tokens.uncachedInput,
    cache_read_input_tokens: tokens.cacheRead,
    cache_creation_input_tokens: tokens.cacheWrite,
    cache_creation: {
      ephemeral_5m_input_tokens: tokens.cacheWrite - hourWrites,
      ephemeral_1h_input_tokens: hourWrites,
    },
    output_tokens: tokens.output,
    ...(isFast && { speed: 'fast' }),
  };
  const id = `${index}-${day}`;
  const line = { timestamp: `${day}T12:00:00.000Z`, sessionId: 'prices', requestId: id };
  return [{ type: 'assistant', ...line, message: { id, model, usage } }];
}

function codexLines(model: string, { tokens, isFast }: Priced, day: string): readonly object[] {
  const timestamp = `${day}T12:00:00.000Z`;
  const input = tokens.uncachedInput + tokens.cacheRead + tokens.cacheWrite;
  const usage = {
    input_tokens: input,
    cached_input_tokens: tokens.cacheRead,
    cache_write_input_tokens: tokens.cacheWrite,
    output_tokens: tokens.output,
    total_tokens: input + tokens.output,
  };
  const thread_settings = { service_tier: isFast ? 'priority' : 'default' };
  return [
    { timestamp, type: 'event_msg', payload: { type: 'thread_settings_applied', thread_settings } },
    { timestamp, type: 'turn_context', payload: { model } },
    { timestamp, type: 'event_msg', payload: { type: 'token_count', info: { last_token_usage: usage } } },
  ];
}
