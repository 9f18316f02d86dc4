/**
 * What Aider writes of its messages when it is started with `--analytics-log .aider.analytics.jsonl` in the project: the
 * numbers that its history rounds. The two have no id in common: a chat is known by when Aider was launched for it, and a
 * message, the next one of it, by all numbers that the history prints. So what is logged later changes nothing. What Aider
 * estimated of an answer that was streamed is logged like what it measured.
 */

import type { Pico } from '../../domain/money.ts';
import { dollarsOf, epochMsOf, fieldOf, type LogRecord, nameOf, parseRecord, recordOf } from '../fields.ts';
import type { LogFile } from '../reader.ts';

/** Beside the history. */
export const analyticsName = '.aider.analytics.jsonl';

/** A message as the history has it. */
export interface Printed {
  readonly model: string;
  readonly sent: number;
  readonly output: number;
  /** In dollars; `null` for a model whose price Aider does not know. */
  readonly cost: { readonly message: string; readonly session: string | null } | null;
  /** When its chat began. */
  readonly startedMs: number;
  /** When the message was measured that was known last before it in its chat; 0 for none. */
  readonly afterMs: number;
}

/** A message before its numbers were rounded; `NaN` where one is missing. */
export interface Measured {
  /** As far as Aider tells it. */
  readonly model: string;
  readonly sent: number;
  readonly output: number;
  readonly cost: Pico | null;
  readonly dollars: number;
  readonly sessionDollars: number;
  readonly atMs: number;
  /** When Aider was launched last before it. */
  readonly launchedMs: number;
}

/** Of a longer log the end is read: some thousands of messages. */
const mostCharacters = 8 << 20;
/** From the beginning of a chat in its history to when Aider logs that it was launched. */
const launchMs = 60_000;

export function measurementsBeside(log: LogFile): readonly Measured[] {
  const text = log.beside?.(analyticsName) ?? '';
  let launchedMs = Number.NaN;
  return text
    .slice(-mostCharacters)
    .split('\n')
    .flatMap((line) => {
      const record = /"message_send"|"launched"/.test(line) ? parseRecord(line) : null;
      if (record === null) return [];
      if (nameOf(record, 'event') === 'launched') launchedMs = timeIn(record);
      return toMeasured(record, launchedMs);
    });
}

/** The one that a message of the history is: the first that it may be. */
export function measuredOf(measurements: readonly Measured[], printed: Printed): Measured | null {
  return measurements.find((measured) => mayBe(measured, printed)) ?? null;
}

function toMeasured(record: LogRecord, launchedMs: number): readonly Measured[] {
  const properties = recordOf(record, 'properties');
  if (properties === null || nameOf(record, 'event') !== 'message_send') return [];
  return [
    {
      model: nameOf(properties, 'main_model'),
      sent: numberOf(properties, 'prompt_tokens'),
      output: numberOf(properties, 'completion_tokens'),
      cost: dollarsOf(properties, 'cost'),
      dollars: numberOf(properties, 'cost'),
      sessionDollars: numberOf(properties, 'total_cost'),
      atMs: timeIn(record),
      launchedMs,
    },
  ];
}

function timeIn(record: LogRecord): number {
  return epochMsOf({ ms: numberOf(record, 'time') * 1_000 }, 'ms') ?? Number.NaN;
}

function mayBe(measured: Measured, printed: Printed): boolean {
  const { message = null, session = null } = printed.cost ?? {};
  return (
    isOfChat(measured, printed) &&
    measured.atMs > printed.afterMs &&
    isRounded(printed.sent, measured.sent) &&
    isRounded(printed.output, measured.output) &&
    isModel(printed.model, measured.model) &&
    isAmount(message, measured.dollars) &&
    isAmount(session, measured.sessionDollars)
  );
}

function isOfChat({ launchedMs, atMs }: Measured, { startedMs }: Printed): boolean {
  return launchedMs >= startedMs && launchedMs < startedMs + launchMs && atMs >= launchedMs;
}

/** Below 1,000 nothing is rounded, below 10,000 to a tenth of a thousand, and above to a thousand. */
function isRounded(printed: number, exact: number): boolean {
  const most = printed >= 10_000 ? 500 : printed >= 1_000 ? 50 : 0;
  return Number.isSafeInteger(exact) && Math.abs(printed - exact) <= most;
}

/** The names of models that Aider does not know are left out, those of some makers in part. */
function isModel(printed: string, logged: string): boolean {
  return logged === printed || logged === '' || logged === `${printed.split('/')[0]}/REDACTED`;
}

/** To half of the last digit, and a trifle for what a number cannot hold. */
function isAmount(printed: string | null, exact: number): boolean {
  if (printed === null) return true;
  const decimals = printed.split('.')[1]?.length ?? 0;
  return Math.abs(Number(printed) - exact) <= 0.5 * 10 ** -decimals + 1e-9;
}

function numberOf(record: LogRecord, name: string): number {
  const value = fieldOf(record, name);
  return typeof value === 'number' ? value : Number.NaN;
}
