/**
 * tokscale 4.17.0 on Codex. It adds up last usages where the running total moved up, waits in a fork for the first turn
 * that is younger than the fork, and takes one total of one family of threads and model for one.
 */

import { fieldOf, nameOf } from '../../../src/agents/fields.ts';
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
  modelOf,
  parentOf,
  parseCodexLine,
  RecordTwins,
  rolloutName,
  toCount,
  toTokens,
} from './codexLine.ts';
import { shortName } from './tokscaleClaude.ts';

export class TokscaleCodex implements Imitation {
  readonly #entries = new Map<string, Entry>();
  readonly #missed = new Map<string, RuleName>();
  readonly #rollouts: Rollout[] = [];

  open(log: SeenLog): (line: SeenLine) => void {
    const rollout = new Rollout(rolloutName(log.path), this.#entries, this.#missed);
    this.#rollouts.push(rollout);
    return (line) => rollout.take(line);
  }

  finish(): Imitated {
    for (const { twins } of this.#rollouts) {
      for (const receipt of twins.alone) this.#missed.set(receipt, 'runningTotalsOnly');
    }
    return { entries: [...this.#entries.values()], missed: this.#missed };
  }
}

class Rollout {
  readonly twins = new RecordTwins();
  readonly #session: string;
  readonly #entries: Map<string, Entry>;
  readonly #missed: Map<string, RuleName>;
  #family: string;
  #threadId: string | null = null;
  /** Set in a fork until its own first turn. */
  #wait: Wait | null = null;
  /** The total that a fork began with. */
  #inherited: CodexUsage | null = null;
  #model: string | null = null;
  #total: CodexUsage | null = null;
  #sinceMs: number | null = null;
  /** Identities of the entries that wait for a model. */
  #nameless: string[] = [];

  constructor(session: string, entries: Map<string, Entry>, missed: Map<string, RuleName>) {
    this.#session = session;
    this.#family = session;
    this.#entries = entries;
    this.#missed = missed;
  }

  take(seen: SeenLine): void {
    const line = parseCodexLine(seen.text);
    if (line === null) return;
    if (line.type === 'token_usage_record') this.twins.takeRecord(line, seen);
    const count = toCount(line);
    const receipt = count === null ? null : this.twins.receiptOf(count, seen);
    if (this.#wait !== null && !this.#endsWait(line, this.#wait)) {
      this.#inherited = count?.total ?? this.#inherited;
      this.#miss(receipt, 'lostParent');
      return;
    }
    if (line.type === 'session_meta') this.#begin(line);
    if (line.type === 'turn_context') this.#model = nameOf(line.payload, 'model') || null;
    this.#settleModels(line);
    if (isStart(line)) this.#sinceMs = line.atMs;
    if (count !== null) this.#takeCount(line, count, receipt);
  }

  #endsWait({ type, payload }: CodexLine, wait: Wait): boolean {
    const turnId = nameOf(payload, 'turn_id');
    if (type === 'session_meta' && nameOf(payload, 'id') !== this.#threadId) wait.hasForeignMeta = true;
    if (
      type === 'event_msg' &&
      nameOf(payload, 'type') === 'task_started' &&
      !isOlder(turnId, this.#threadId)
    ) {
      wait.started.add(turnId);
    }
    if (type !== 'turn_context' || !this.#isOwnTurn(turnId, wait)) return false;
    this.#wait = null;
    return true;
  }

  #isOwnTurn(turnId: string, wait: Wait): boolean {
    const born = idTime(this.#threadId);
    if (!wait.hasForeignMeta || turnId === '' || born === null) return true;
    const began = idTime(turnId);
    if (began === null || began === born) return wait.isByUser || wait.started.has(turnId);
    return began > born;
  }

  #begin({ payload }: CodexLine): void {
    const threadId = nameOf(payload, 'id') || null;
    const parent = parentOf(payload);
    const isRepeated = parent !== null && threadId === this.#threadId;
    this.#family = parent ?? threadId ?? this.#family;
    this.#threadId = threadId ?? this.#threadId;
    if (parent === null || isRepeated) return;
    const isByUser = nameOf(payload, 'thread_source') === 'user';
    this.#wait = { isByUser, hasForeignMeta: false, started: new Set() };
    this.#inherited = null;
  }

  /** Counts without a model wait for one, but not beyond a line of another kind. */
  #settleModels(line: CodexLine): void {
    const model = modelOf(line);
    if (model !== null) for (const identity of this.#nameless) this.#rename(identity, shortName(model));
    if (model !== null || !mayFollow(line)) this.#nameless = [];
  }

  #rename(identity: string, model: string): void {
    const entry = this.#entries.get(identity);
    if (entry === undefined) return;
    this.#entries.set(identity, { ...entry, model, because: { ...entry.because, model: 'laterModel' } });
  }

  #takeCount(line: CodexLine, count: CodexCount, receipt: string | null): void {
    if (count.total !== null && this.#inherited !== null && isWithin(count.total, this.#inherited)) {
      this.#miss(receipt, 'droppedHistory');
      return;
    }
    this.#inherited = null;
    const usage = usageOf(count, this.#total);
    if (usage === null) this.#miss(receipt, 'unmovedTotal');
    if (usage === 'stale') this.#miss(receipt, 'staleTotal');
    if (usage === 'stale' || usage === null || isNothing(usage)) return;
    this.#total = count.total ?? this.#total;
    this.#add(line, count, usage, receipt);
    this.#sinceMs = Math.max(this.#sinceMs ?? 0, line.atMs ?? 0) || null;
  }

  #add(line: CodexLine, { total }: CodexCount, usage: CodexUsage, receipt: string | null): void {
    this.#model = modelOf(line) ?? this.#model;
    const model = shortName(this.#model ?? 'unknown');
    const identity = JSON.stringify([this.#family, model, total && sizes(total)]);
    const known = total === null ? undefined : this.#entries.get(identity);
    if (known !== undefined) {
      if (known.receipt !== receipt) this.#miss(receipt, 'sameCount');
      return;
    }
    const name = total === null ? `${identity} ${this.#entries.size}` : identity;
    if (this.#model === null) this.#nameless.push(name);
    this.#entries.set(name, {
      receipt,
      day: dayOf(this.#sinceMs ?? line.atMs ?? 0),
      session: this.#session,
      model,
      tokens: toTokens({ ...usage, cacheWrite: 0 }),
      billing: plainBilling,
      because: {
        model: this.#model === null ? 'madeUpModel' : this.#model === model ? 'lineModel' : 'shortName',
        day: 'promptTime',
        session: 'folderSession',
        tokens: tokensRule(usage),
        extra: receipt === null ? 'lastUsage' : 'copiedHistory',
      },
    });
  }

  #miss(receipt: string | null, reason: RuleName): void {
    if (receipt !== null && !this.#missed.has(receipt)) this.#missed.set(receipt, reason);
  }
}

function tokensRule({ input, cached, cacheWrite }: CodexUsage): RuleName {
  if (cacheWrite > 0) return 'writesAsInput';
  return cached > input ? 'clampedCache' : 'lastUsage';
}

interface Wait {
  readonly isByUser: boolean;
  hasForeignMeta: boolean;
  readonly started: Set<string>;
}

/** Lines between a count and the model that it waits for. */
function mayFollow({ type, payload }: CodexLine): boolean {
  if (type === 'event_msg') return nameOf(payload, 'type') === 'token_count';
  return type === 'session_meta' || type === 'token_usage_record';
}

/** Where the time of what follows begins to count. */
function isStart({ type, payload }: CodexLine): boolean {
  if (type === 'turn_context') return true;
  const kind = type === 'event_msg' ? nameOf(payload, 'type') : '';
  return kind === 'task_started' || (kind === 'user_message' && isByHuman(fieldOf(payload, 'message')));
}

function isByHuman(message: unknown): boolean {
  const injected = /^\s*<(?:environment_context|system-reminder|user_instructions)>/;
  return typeof message === 'string' && !injected.test(message);
}

/** The time in a UUID of version 7, as comparable text. */
function idTime(id: string | null): string | null {
  const match = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i.exec(id ?? '');
  return match === null ? null : `${match[1]}${match[2]}`.toLowerCase();
}

function isOlder(turnId: string, threadId: string | null): boolean {
  const [began, born] = [idTime(turnId), idTime(threadId)];
  return turnId === '' || (born !== null && (began === null || began < born));
}

type Size = readonly [input: number, output: number, cached: number, reasoning: number];

function sizes({ input, output, cached, reasoning }: CodexUsage): Size {
  return [input, output, cached, reasoning];
}

function isWithin(total: CodexUsage, bound: CodexUsage): boolean {
  const bounds = sizes(bound);
  return sizes(total).every((value, index) => value <= (bounds[index] ?? 0));
}

function usageOf({ last, total }: CodexCount, before: CodexUsage | null): CodexUsage | 'stale' | null {
  if (total === null || before === null) return last ?? total;
  if (isWithin(total, before) && isWithin(before, total)) return null;
  const isHigher = isWithin(before, total);
  if (last === null) return isHigher ? subtract(total, before) : null;
  return !isHigher && isStale(total, before, last) ? 'stale' : last;
}

/** A total that is lower by some two responses at most is one that came late, to it. */
function isStale(total: CodexUsage, before: CodexUsage, last: CodexUsage): boolean {
  const [now, then, step] = [total, before, last].map((usage) => sizes(usage).reduce((a, b) => a + b, 0));
  if (!now || !then || !step) return false;
  return now * 100 >= then * 98 || now + 2 * step >= then;
}

function subtract(total: CodexUsage, before: CodexUsage): CodexUsage {
  return {
    input: total.input - before.input,
    cached: total.cached - before.cached,
    cacheWrite: 0,
    output: total.output - before.output,
    reasoning: total.reasoning - before.reasoning,
    total: total.total - before.total,
  };
}
