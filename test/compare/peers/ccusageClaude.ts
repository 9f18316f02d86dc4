/**
 * ccusage 20.0.24 on Claude Code. It takes lines that hold `"usage":{` and parse as it expects, keeps the largest of
 * the lines with the same message and request id, and takes a side chain's line for a replay of any line with the same
 * message id. Where there is no request id its daily report asks for the same time too, and for replays its sessions do.
 */

import { fieldOf, type LogRecord, parseRecord, recordOf } from '../../../src/agents/fields.ts';
import { receiptKey } from '../../agents/ledgerReading.ts';
import { type CommonTokens, sumOf } from '../commonTokens.ts';
import type { Grouping } from '../explain.ts';
import {
  dayOf,
  type Entry,
  type Imitated,
  type Imitation,
  type SeenLine,
  type SeenLog,
} from '../imitation.ts';
import type { RuleName } from '../rules.ts';
import { type ClaudeLine, stringOf, toClaudeLine } from './claudeLine.ts';

interface Counted {
  readonly entry: Entry;
  readonly messageId: string | null;
  readonly requestId: string | null;
  readonly atMs: number | null;
  readonly isSideChain: boolean;
}

export class CcusageClaude implements Imitation {
  readonly #grouping: Grouping;
  readonly #counted: Counted[] = [];
  /** Indices into what is counted, by message id. */
  readonly #byMessage = new Map<string, number[]>();
  readonly #missed = new Map<string, RuleName>();

  /** @param grouping of the report: blocks are made as sessions are */
  constructor(grouping: Grouping) {
    this.#grouping = grouping;
  }

  open(log: SeenLog): (line: SeenLine) => void {
    const session = sessionOf(log.path);
    return (line) => this.#take(line, session);
  }

  finish(): Imitated {
    return { entries: this.#counted.map(({ entry }) => entry), missed: this.#missed };
  }

  #take(line: SeenLine, session: string): void {
    const parsed = parse(line.text, this.#grouping);
    if (typeof parsed !== 'string') {
      for (const counted of toCounted(parsed, line, session)) this.#push(counted);
      return;
    }
    for (const { agent, id } of line.receipts) this.#missed.set(receiptKey(agent, id), parsed);
  }

  #push(counted: Counted): void {
    const at = this.#indexOfSame(counted);
    const known = at === undefined ? undefined : this.#counted[at];
    if (at === undefined || known === undefined) {
      this.#add(counted);
      return;
    }
    const [winner, loser] = isBetter(counted, known) ? [counted, known] : [known, counted];
    const receipt = winner.entry.receipt ?? loser.entry.receipt;
    const because = { ...winner.entry.because, tokens: joinedRule(winner, loser) };
    this.#counted[at] = { ...winner, entry: { ...winner.entry, receipt, because } };
    const reason = loser.requestId === winner.requestId ? 'oneIdForAll' : 'replayAnyPrompt';
    if (loser.entry.receipt !== null && loser.entry.receipt !== receipt) {
      this.#missed.set(loser.entry.receipt, reason);
    }
  }

  #add(counted: Counted): void {
    const { messageId } = counted;
    if (messageId !== null) {
      const siblings = this.#byMessage.get(messageId) ?? [];
      siblings.push(this.#counted.length);
      this.#byMessage.set(messageId, siblings);
    }
    this.#counted.push(counted);
  }

  #indexOfSame(counted: Counted): number | undefined {
    const { messageId } = counted;
    const siblings = (messageId === null ? undefined : this.#byMessage.get(messageId)) ?? [];
    const isAt = (test: (known: Counted) => boolean) => (index: number) => {
      const known = this.#counted[index];
      return known !== undefined && test(known);
    };
    return (
      siblings.find(isAt((known) => this.#hasSameIds(counted, known))) ??
      siblings.find(isAt((known) => this.#isReplay(counted, known)))
    );
  }

  #hasSameIds(a: Counted, b: Counted): boolean {
    const isEnough = this.#grouping === 'session' || a.requestId !== null;
    return a.requestId === b.requestId && (isEnough || a.atMs === b.atMs);
  }

  #isReplay(a: Counted, b: Counted): boolean {
    return (a.isSideChain || b.isSideChain) && (this.#grouping === 'day' || a.atMs === b.atMs);
  }
}

/** Why the line that stands may have other tokens than our receipt of both. */
function joinedRule(winner: Counted, loser: Counted): RuleName | undefined {
  if (winner.entry.receipt === null) return 'progressCopy';
  const isOfBoth = loser.entry.receipt === winner.entry.receipt;
  return isOfBoth && loser.isSideChain && !winner.isSideChain ? 'parentFirst' : winner.entry.because.tokens;
}

function isBetter(candidate: Counted, known: Counted): boolean {
  if (candidate.isSideChain !== known.isSideChain) return known.isSideChain;
  return sumOf(candidate.entry.tokens) > sumOf(known.entry.tokens);
}

/** A transcript in a folder of its own belongs to what that folder is named. */
function sessionOf(path: string): string {
  const parts = path.split('/');
  const stem = (parts.at(-1) ?? '').replace(/\.jsonl$/, '');
  if (parts.length <= 2) return stem;
  return (parts.at(-2) === 'subagents' ? parts.at(-3) : parts.at(-2)) ?? stem;
}

/** The line, or why it is passed over. Sessions and blocks are made without what progress lines repeat. */
function parse(text: string, grouping: Grouping): ClaudeLine | RuleName {
  if (!text.includes('"usage":{')) return 'withoutMarker';
  if (unsupportedNull.test(text)) return 'nullField';
  const record = parseRecord(text);
  const progress = record === null || grouping === 'session' ? null : progressOf(record);
  const line = accepted(record) ?? accepted(progress);
  return line ?? 'foreignShape';
}

/** As it stands in the line's text, wherever that is. */
const unsupportedNull =
  /"(?:id|cwd|model|speed|costUSD|version|sessionId|requestId|isApiErrorMessage|cache_read_input_tokens|cache_creation_input_tokens)":null/;

function accepted(record: LogRecord | null): ClaudeLine | null {
  const line = record === null ? null : toClaudeLine(record);
  if (line === null || record === null || line.atMs === null || line.usage === null) return null;
  const isVersion = line.version === null || /^\d+\.\d+\.\d/.test(line.version);
  const names = [line.messageId, line.requestId, line.model, line.sessionId];
  const isKnown = isVersion && !names.includes('') && toTokens(line.usage) !== null;
  return isKnown ? line : null;
}

function progressOf(record: LogRecord): LogRecord | null {
  const data = recordOf(record, 'data');
  return data && recordOf(data, 'message');
}

function toTokens(usage: LogRecord): CommonTokens | null {
  const buckets = recordOf(usage, 'cache_creation');
  const split = buckets && [
    countOf(buckets, 'ephemeral_5m_input_tokens', 0),
    countOf(buckets, 'ephemeral_1h_input_tokens', 0),
  ];
  const flat = countOf(usage, 'cache_creation_input_tokens', 0);
  const [uncachedInput, output] = ['input_tokens', 'output_tokens'].map((name) => countOf(usage, name));
  const cacheRead = countOf(usage, 'cache_read_input_tokens', 0);
  const counts = [uncachedInput, output, cacheRead, flat, ...(split ?? [])];
  if (!counts.every((count) => typeof count === 'number')) return null;
  const cacheWrite = split === null ? flat : (split[0] ?? 0) + (split[1] ?? 0);
  return {
    uncachedInput: uncachedInput ?? 0,
    output: output ?? 0,
    cacheRead: cacheRead ?? 0,
    cacheWrite: cacheWrite ?? 0,
  };
}

/** A whole number that is not negative; `null` for anything else, and where it is missing without a default. */
function countOf(record: LogRecord, name: string, byDefault: number | null = null): number | null {
  if (!Object.hasOwn(record, name)) return byDefault;
  const value = fieldOf(record, name);
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : null;
}

function toCounted(line: ClaudeLine, seen: SeenLine, session: string): readonly Counted[] {
  const responses = [
    { usage: line.usage, model: line.model, mark: '' },
    ...line.advisors.map((usage, index) => ({ usage, model: stringOf(usage, 'model'), mark: `:${index}` })),
  ];
  return responses.flatMap(({ usage, model, mark }, index) => {
    const tokens = usage === null ? null : toTokens(usage);
    const receipt = seen.receipts[index];
    if (tokens === null || model === null || model === '<synthetic>') return [];
    const isFast = usage !== null && fieldOf(usage, 'speed') === 'fast';
    const entry: Entry = {
      receipt: receipt === undefined ? null : receiptKey(receipt.agent, receipt.id),
      day: dayOf(line.atMs ?? 0),
      session,
      model: isFast ? `${model}-fast` : model,
      tokens,
      billing: { hourWrites: hourWrites(usage), isFast, loggedCost: mark === '' ? line.cost : null },
      because: {
        model: isFast ? 'fastName' : undefined,
        tokens: tokensRule(line, usage),
        session: line.sessionId === session ? 'copyingSession' : 'folderSession',
        extra: extraOf(line, seen),
      },
    };
    const messageId = line.messageId === null ? null : line.messageId + mark;
    const { requestId, atMs, isSideChain } = line;
    return [{ entry, messageId, requestId, atMs, isSideChain }];
  });
}

function hourWrites(usage: LogRecord | null): number {
  const buckets = usage && recordOf(usage, 'cache_creation');
  return (buckets && countOf(buckets, 'ephemeral_1h_input_tokens')) ?? 0;
}

function tokensRule({ messageId, requestId }: ClaudeLine, usage: LogRecord | null): RuleName | undefined {
  if (messageId === null || requestId === null) return 'everyCopy';
  const flat = usage && fieldOf(usage, 'cache_creation_input_tokens');
  return usage && toTokens(usage)?.cacheWrite !== flat ? 'splitWrites' : undefined;
}

function extraOf(line: ClaudeLine, seen: SeenLine): RuleName {
  if (seen.isRefused) return 'refusedByUs';
  if (line.type === null || seen.receipts.length === 0) return 'progressCopy';
  return line.messageId === null || line.requestId === null ? 'everyCopy' : 'replayAlone';
}
