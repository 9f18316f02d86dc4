/**
 * tokscale 4.17.0 on Claude Code. It joins the lines of a message and request id by the largest count of each class,
 * within a log and over all of them, reads the flat count of cache writes, and dates a response by the last line of the
 * user before it. Lines that do not parse as it expects it reads as well as it can, each for itself.
 */

import {
  fieldOf,
  type LogRecord,
  nameOf,
  parseRecord,
  recordOf,
  timeOf,
} from '../../../src/agents/fields.ts';
import { receiptKey } from '../../agents/ledgerReading.ts';
import { type CommonTokens, largest, noCommonTokens, toCommonTokens } from '../commonTokens.ts';
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
import { stringOf, toClaudeLine } from './claudeLine.ts';

export class TokscaleClaude implements Imitation {
  readonly #entries = new Map<string, Entry>();
  readonly #missed = new Map<string, RuleName>();

  open({ root, path, modifiedMs }: SeenLog): (line: SeenLine) => void {
    if (root !== '.claude/projects') return (seen) => this.#missAll(seen, 'otherFolder');
    const session = path.slice(path.lastIndexOf('/') + 1).replace(/\.jsonl$/, '');
    let askedMs: number | null = null;
    return (seen) => {
      const line = parse(seen.text);
      if (line?.type === 'user') askedMs = line.atMs ?? askedMs;
      if (line === null || !isCountable(line)) return;
      const isNew = this.#take(line, seen, { session, askedMs: line.isForeign ? null : askedMs, modifiedMs });
      if (isNew && !line.isForeign) askedMs = null;
    };
  }

  finish(): Imitated {
    return { entries: [...this.#entries.values()], missed: this.#missed };
  }

  #missAll({ receipts }: SeenLine, reason: RuleName): void {
    for (const { agent, id } of receipts) this.#missed.set(receiptKey(agent, id), reason);
  }

  /** Returns whether the response is new. */
  #take(line: Line, seen: SeenLine, place: Place): boolean {
    const [receipt, ...others] = seen.receipts.map(({ agent, id }) => receiptKey(agent, id));
    for (const other of others) this.#missed.set(other, 'withoutAdvisor');
    if (line.model === null) {
      if (receipt !== undefined) this.#missed.set(receipt, 'withoutModel');
      return false;
    }
    const identity = identityOf(line) ?? `line ${this.#entries.size}`;
    const entry = toEntry(line, receipt ?? null, seen, place);
    const known = this.#entries.get(identity);
    this.#entries.set(identity, known === undefined ? entry : join(known, entry));
    if (known !== undefined && receipt !== undefined && known.receipt !== receipt) {
      this.#missed.set(receipt, 'oneIdForAll');
    }
    return known === undefined;
  }
}

function join(known: Entry, entry: Entry): Entry {
  const tokens = largest(known.tokens, entry.tokens);
  return { ...known, tokens, because: { ...known.because, tokens: entry.because.tokens ?? 'largestOfEach' } };
}

interface Place {
  readonly session: string;
  /** When the user's last line was logged that no response followed yet. */
  readonly askedMs: number | null;
  readonly modifiedMs: number;
}

function identityOf({ messageId, requestId, isForeign }: Line): string | null {
  if (messageId === null || isForeign) return null;
  return requestId === null ? `message ${messageId}` : `${messageId} ${requestId}`;
}

function isCountable({ type, model, usage }: Line): boolean {
  return type !== 'user' && model !== '<synthetic>' && usage !== null;
}

interface Line {
  readonly type: string | null;
  readonly atMs: number | null;
  readonly messageId: string | null;
  readonly requestId: string | null;
  readonly model: string | null;
  readonly usage: LogRecord | null;
  /** A field is of another type than it expects. */
  readonly isForeign: boolean;
}

function parse(text: string): Line | null {
  const record = parseRecord(text);
  if (record === null) return null;
  const line = toClaudeLine(record);
  const isExpected =
    line !== null && line.type !== null && (line.usage === null || hasWholeCounts(line.usage));
  return isExpected ? { ...line, isForeign: false } : toForeign(record);
}

function toForeign(record: LogRecord): Line | null {
  const message = recordOf(record, 'message');
  const model = message && stringOf(message, 'model');
  if (message === null || model === null) return null;
  return {
    type: nameOf(record, 'type'),
    atMs: timeOf(record, 'timestamp'),
    messageId: null,
    requestId: null,
    model,
    usage: recordOf(message, 'usage'),
    isForeign: true,
  };
}

const countNames = [
  'input_tokens',
  'cache_read_input_tokens',
  'cache_creation_input_tokens',
  'output_tokens',
] as const;

function hasWholeCounts(usage: LogRecord): boolean {
  return countNames
    .map((name) => fieldOf(usage, name))
    .every((value) => value === null || Number.isInteger(value));
}

/** Negative counts are 0 to it, and so is what is no whole number. */
function toTokens(usage: LogRecord): CommonTokens {
  const [uncachedInput = 0, cacheRead = 0, cacheWrite = 0, output = 0] = countNames.map((name) => {
    const value = fieldOf(usage, name);
    const count = typeof value === 'string' ? Number(value) : value;
    return typeof count === 'number' && Number.isInteger(count) ? Math.max(0, count) : 0;
  });
  return { uncachedInput, cacheRead, cacheWrite, output };
}

function toEntry(line: Line, receipt: string | null, seen: SeenLine, place: Place): Entry {
  const { atMs, usage } = line;
  const model = shortName(line.model ?? 'unknown');
  const tokens = usage === null ? noCommonTokens : toTokens(usage);
  const [own] = seen.receipts.map((each) => toCommonTokens(each.tokens));
  return {
    receipt,
    day: dayOf(place.askedMs ?? atMs ?? place.modifiedMs),
    session: place.session,
    model,
    tokens,
    billing: plainBilling,
    because: {
      model: model === line.model ? 'oneIdForAll' : 'shortName',
      day: place.askedMs === null ? 'fileTime' : 'promptTime',
      session: 'folderSession',
      tokens:
        identityOf(line) === null
          ? 'everyCopy'
          : own?.cacheWrite === tokens.cacheWrite
            ? undefined
            : 'flatWrites',
      extra: seen.isRefused ? 'refusedByUs' : identityOf(line) === null ? 'everyCopy' : 'replayAlone',
    },
  };
}

/** In small letters and without a date; the versions of Claude are written with dashes. */
export function shortName(model: string): string {
  const name = model.toLowerCase().replace(/-\d{8}$/, '');
  return name.includes('claude') ? name.replace(/(?<=\d)\.(?=\d)/g, '-') : name;
}
