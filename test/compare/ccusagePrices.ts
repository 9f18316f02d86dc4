/**
 * What ccusage charges for a token, asked of itself: it is given logs of single responses, each with tokens of one class
 * alone. Its price of any response must follow from that, or it is not explained.
 */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withTemporaryFolder } from '../harness/isolation.ts';
import type { Entry } from './imitation.ts';
import { ccusageRows } from './peerReports.ts';

/** Dollars for all tokens of the response. */
export type Costing = (entry: Entry) => number;

const classes = ['uncachedInput', 'cacheRead', 'fiveMinuteWrite', 'hourWrite', 'output'] as const;

type PricedClass = (typeof classes)[number];

/** Its list may have a second price from this count of one class on. */
const tierTokens = 200_000;

/** Below and above the tier. */
const samples = [tierTokens / 2, 2 * tierTokens] as const;

interface Probe {
  readonly day: string;
  readonly name: PricedClass;
  readonly tokens: number;
  readonly isFast: boolean;
}

const dayMs = 86_400_000;
const firstDayMs = Date.UTC(2026, 0, 1);

/** One day each, because the report has one sum a day and model. */
const probes: readonly Probe[] = [false, true]
  .flatMap((isFast) => classes.flatMap((name) => samples.map((tokens) => ({ name, tokens, isFast }))))
  .map((probe, index) => ({
    ...probe,
    day: new Date(firstDayMs + index * dayMs).toISOString().slice(0, 10),
  }));

/** @param agent by ccusage's name for it; others than `claude` and `codex` cannot be asked, and cost nothing */
export async function askPrices(program: string, agent: string, entries: readonly Entry[]): Promise<Costing> {
  const models = [...new Set(entries.map(({ model }) => model.replace(/-fast$/, '')))];
  const costs = await withTemporaryFolder(async (home) => {
    for (const [index, model] of models.entries()) await writeProbes(home, agent, model, index);
    return models.length === 0 ? new Map<string, number>() : askCosts(program, agent, home);
  });
  return (entry) => costOf(entry, (probe) => costs.get(identityOf(entry.model, probe.day)) ?? 0);
}

async function askCosts(program: string, agent: string, home: string): Promise<ReadonlyMap<string, number>> {
  const rows = (await ccusageRows(program, home, 'daily')).filter((row) => row.agent === agent);
  return new Map(rows.map(({ model, group, cost }) => [identityOf(model, group), cost]));
}

function identityOf(model: string, day: string): string {
  return `${day} ${model}`;
}

function costOf({ tokens, billing }: Entry, costOfProbe: (probe: Probe) => number): number {
  const { isFast, loggedCost, hourWrites } = billing;
  if (loggedCost !== null) return loggedCost;
  const counts: Readonly<Record<PricedClass, number>> = {
    uncachedInput: tokens.uncachedInput,
    cacheRead: tokens.cacheRead,
    fiveMinuteWrite: tokens.cacheWrite - hourWrites,
    hourWrite: hourWrites,
    output: tokens.output,
  };
  return classes.reduce((sum, name) => {
    const [low = 0, high = 0] = probes
      .filter((probe) => probe.name === name && probe.isFast === isFast)
      .map(costOfProbe);
    return sum + priceOf(counts[name], low, high);
  }, 0);
}

/** @param low cost of half the tier's tokens, @param high of twice as many */
function priceOf(count: number, low: number, high: number): number {
  const rate = low / samples[0];
  const upperRate = (high - rate * tierTokens) / (samples[1] - tierTokens);
  const below = Math.min(count, tierTokens);
  return below * rate + (count - below) * upperRate;
}

async function writeProbes(home: string, agent: string, model: string, index: number): Promise<void> {
  const toLines = agent === 'codex' ? codexLines : claudeLines;
  const folder = agent === 'codex' ? ['.codex', 'sessions'] : ['.claude', 'projects', 'prices'];
  const name = agent === 'codex' ? `rollout-${index}.jsonl` : `${index}.jsonl`;
  await mkdir(join(home, ...folder), { recursive: true });
  const lines = probes
    .flatMap((probe) => toLines(model, probe, index))
    .map((line) => `${JSON.stringify(line)}\n`);
  await writeFile(join(home, ...folder, name), lines.join(''));
}

function claudeLines(model: string, { day, name, tokens, isFast }: Probe, index: number): readonly object[] {
  const count = (wanted: PricedClass) => (name === wanted ? tokens : 0);
  const usage = {
    input_tokens: count('uncachedInput'),
    cache_read_input_tokens: count('cacheRead'),
    cache_creation_input_tokens: count('fiveMinuteWrite') + count('hourWrite'),
    cache_creation: {
      ephemeral_5m_input_tokens: count('fiveMinuteWrite'),
      ephemeral_1h_input_tokens: count('hourWrite'),
    },
    output_tokens: count('output'),
    ...(isFast && { speed: 'fast' }),
  };
  const id = `${index}-${day}`;
  const message = { id, model, usage };
  return [
    { type: 'assistant', timestamp: `${day}T12:00:00.000Z`, sessionId: 'prices', requestId: id, message },
  ];
}

function codexLines(model: string, { day, name, tokens, isFast }: Probe): readonly object[] {
  const timestamp = `${day}T12:00:00.000Z`;
  const usage = {
    input_tokens: name === 'output' ? 0 : tokens,
    cached_input_tokens: name === 'cacheRead' ? tokens : 0,
    cache_write_input_tokens: name === 'fiveMinuteWrite' ? tokens : 0,
    output_tokens: name === 'output' ? tokens : 0,
    total_tokens: tokens,
  };
  const thread_settings = { service_tier: isFast ? 'priority' : 'default' };
  return [
    { timestamp, type: 'event_msg', payload: { type: 'thread_settings_applied', thread_settings } },
    { timestamp, type: 'turn_context', payload: { model } },
    { timestamp, type: 'event_msg', payload: { type: 'token_count', info: { last_token_usage: usage } } },
  ];
}
