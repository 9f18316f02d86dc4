/**
 * ccusage 20.0.24 on Codex. It adds up last usages where the running total moved, reads no records of responses, leaves
 * out what a fork repeats of the start of its parent (or, where that does not fit, the first burst of counts), and in
 * its daily report takes counts of the same time, model and size for one, in whatever sessions.
 */

import { nameOf, recordOf } from '../../../src/agents/fields.ts';
import type { Grouping } from '../explain.ts';
import {
  dayOf,
  type Entry,
  type Imitated,
  type Imitation,
  plainBilling,
  type SeenLine,
  type SeenLog,
} from '../imitation.ts';
import type { RuleName } from '../rules.ts';
import {
  type CodexCount,
  type CodexLine,
  type CodexUsage,
  isNothing,
  mark,
  modelOf,
  parentOf,
  parseCodexLine,
  RecordTwins,
  rolloutName,
  toCount,
  toTokens,
} from './codexLine.ts';

/** Counts that follow within this time are one burst. */
const burstMs = 1_000;

export class CcusageCodex implements Imitation {
  readonly #grouping: Grouping;
  readonly #rollouts: Rollout[] = [];

  constructor(grouping: Grouping) {
    this.#grouping = grouping;
  }

  open(log: SeenLog): (line: SeenLine) => void {
    const rollout = new Rollout(rolloutName(log.path), `${log.root}/${log.path}`);
    this.#rollouts.push(rollout);
    return (line) => rollout.take(line);
  }

  finish(): Imitated {
    const entries = new Map<string, Entry>();
    const missed = new Map<string, RuleName>();
    const byThread = new Map(this.#rollouts.map((rollout) => [rollout.threadId, rollout]));
    for (const rollout of this.#rollouts) {
      for (const receipt of rollout.twins.alone) missed.set(receipt, 'runningTotalsOnly');
      for (const receipt of rollout.unmoved) missed.set(receipt, 'unmovedTotal');
      const left = rollout.withoutHistory(byThread.get(rollout.parentId));
      for (const [index, count] of rollout.counts.entries()) {
        const place = this.#grouping === 'day' ? '' : rollout.file;
        const identity = `${place} ${count.atMs} ${count.model} ${mark(count.usage)}`;
        if (left.has(index) && !entries.has(identity)) entries.set(identity, toEntry(rollout, count));
        else if (count.receipt !== null && !missed.has(count.receipt)) {
          missed.set(count.receipt, left.has(index) ? 'sameCount' : 'droppedHistory');
        }
      }
    }
    return { entries: [...entries.values()], missed };
  }
}

interface Counted {
  readonly atMs: number;
  readonly model: string | null;
  readonly usage: CodexUsage;
  readonly isFast: boolean;
  readonly receipt: string | null;
}

class Rollout {
  readonly session: string;
  readonly file: string;
  readonly twins = new RecordTwins();
  readonly counts: Counted[] = [];
  /** Receipts whose total looked like the one before. */
  readonly unmoved: string[] = [];
  threadId: string | null = null;
  parentId: string | null = null;
  #bornMs: number | null = null;
  #hasBegun = false;
  #model: string | null = null;
  #total: CodexUsage | null = null;
  #isFast = false;
  /** Times of all counts, those included that tell of nothing new. */
  readonly #times: number[] = [];

  constructor(session: string, file: string) {
    this.session = session;
    this.file = file;
  }

  take(seen: SeenLine): void {
    const line = parseCodexLine(seen.text);
    const isFirst = !this.#hasBegun;
    this.#hasBegun = true;
    if (line === null) return;
    if (isFirst && line.type === 'session_meta') this.#begin(line);
    if (line.type === 'turn_context') this.#model = nameOf(line.payload, 'model') || this.#model;
    if (line.type === 'event_msg') this.#takeSettings(line);
    if (line.type === 'token_usage_record') this.twins.takeRecord(line, seen);
    const count = toCount(line);
    if (count !== null && line.atMs !== null) this.#takeCount(line, count, line.atMs, seen);
  }

  #begin({ payload, atMs }: CodexLine): void {
    this.threadId = nameOf(payload, 'id') || null;
    this.parentId = parentOf(payload);
    this.#bornMs = atMs;
  }

  #takeSettings({ payload }: CodexLine): void {
    const settings = recordOf(payload, 'thread_settings');
    const tier = settings === null ? '' : nameOf(settings, 'service_tier');
    if (tier !== '') this.#isFast = ['fast', 'priority'].includes(tier.toLowerCase());
  }

  #takeCount(line: CodexLine, count: CodexCount, atMs: number, seen: SeenLine): void {
    this.#times.push(atMs);
    const receipt = this.twins.receiptOf(count, seen);
    const usage = this.#usageOf(count);
    this.#total = count.total ?? this.#total;
    if (receipt !== null && usage === null) this.unmoved.push(receipt);
    if (usage === null || isNothing(usage)) return;
    this.#model = modelOf(line) ?? this.#model;
    this.counts.push({ atMs, model: this.#model, usage, isFast: this.#isFast, receipt });
  }

  /** The last usage where the total has moved; `null` where it has not. */
  #usageOf({ last, total }: CodexCount): CodexUsage | null {
    const hasMoved = total === null || this.#total === null || mark(total) !== mark(this.#total);
    if (!hasMoved || total === null || last !== null) return hasMoved ? last : null;
    return subtract(total, this.#total);
  }

  /** The indices of counts that are taken for the thread's own. */
  withoutHistory(parent: Rollout | undefined): ReadonlySet<number> {
    const all = this.counts.map((_count, index) => index);
    if (this.parentId === null) return new Set(all);
    const history = parent === undefined ? [] : parent.#until(this.#bornMs);
    const differs = all.find((index) => !isSame(history[index], this.counts[index])) ?? all.length;
    return new Set(all.slice(differs > 0 ? differs : this.#endOfBurst()));
  }

  #until(atMs: number | null): readonly Counted[] {
    const after = this.counts.findIndex((count) => atMs !== null && count.atMs > atMs);
    return after < 0 ? this.counts : this.counts.slice(0, after);
  }

  #endOfBurst(): number {
    const [first = 0, second = Number.POSITIVE_INFINITY] = this.#times;
    if (!isBurst(first, second)) return 0;
    let beforeMs = first;
    const end = this.counts.findIndex(({ atMs }) => {
      const isOver = !isBurst(beforeMs, atMs);
      beforeMs = atMs;
      return isOver;
    });
    return end < 0 ? this.counts.length : end;
  }
}

function isBurst(beforeMs: number, atMs: number): boolean {
  return atMs >= beforeMs && atMs - beforeMs <= burstMs;
}

function isSame(a: Counted | undefined, b: Counted | undefined): boolean {
  return a !== undefined && b !== undefined && mark(a.usage) === mark(b.usage);
}

/** Without a model it takes an old one, and for the alias of reviews the small model of the day. */
function modelAt(model: string | null, day: string): string {
  if (model !== 'codex-auto-review') return model ?? 'gpt-5';
  return reviewModels.find(({ from }) => day >= from)?.model ?? 'gpt-5';
}

/** As it answers for `codex-auto-review` on each day of two years. */
const reviewModels = [
  { from: '2026-07-30', model: 'gpt-5.6-luna' },
  { from: '2026-03-05', model: 'gpt-5.4' },
  { from: '2026-02-05', model: 'gpt-5.3-codex' },
  { from: '2025-12-11', model: 'gpt-5.2-codex' },
  { from: '2025-11-13', model: 'gpt-5.1-codex' },
  { from: '2025-09-15', model: 'gpt-5-codex' },
];

function subtract(total: CodexUsage, before: CodexUsage | null): CodexUsage {
  const less = (name: keyof CodexUsage) => Math.max(0, total[name] - (before?.[name] ?? 0));
  return {
    input: less('input'),
    cached: less('cached'),
    cacheWrite: less('cacheWrite'),
    output: less('output'),
    reasoning: less('reasoning'),
    total: less('total'),
  };
}

function toEntry({ session, parentId }: Rollout, { atMs, model, usage, isFast, receipt }: Counted): Entry {
  const name = modelAt(model, dayOf(atMs));
  return {
    receipt,
    day: dayOf(atMs),
    session,
    model: name,
    tokens: toTokens(usage),
    billing: { ...plainBilling, isFast },
    because: {
      model: name === model ? 'lineModel' : 'madeUpModel',
      day: 'lineTime',
      session: 'folderSession',
      tokens: usage.cached > usage.input ? 'clampedCache' : 'lastUsage',
      extra: receipt === null ? 'lastUsage' : parentId === null ? 'everyFolder' : 'copiedHistory',
    },
  };
}
