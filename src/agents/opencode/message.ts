/** A message of OpenCode that a model wrote, of whichever generation: an assistant's, or what it compacted a session to. */

import type { AgentId } from '../../domain/agent.ts';
import type { Circumstances, Claim, Receipt, ReceiptId } from '../../domain/receipt.ts';
import type { RefusalReason } from '../../domain/refusal.ts';
import { hasUnknown } from '../../domain/tokens.ts';
import { dollarsOf, epochMsOf, type LogRecord, nameOf, recordOf, textOf } from '../fields.ts';
import { toUsage, type Usage } from './usage.ts';

export interface Message {
  readonly agent: AgentId;
  readonly sessionKey: string;
  readonly claim: Claim;
  /** What the store holds of it as JSON. */
  readonly data: LogRecord;
  /** Version 2 names the model by an object, and keeps reasoning apart from output. */
  readonly version: 1 | 2;
  readonly projectPath: string | null;
}

const noRecord: LogRecord = {};

export function timesOf({ data }: Pick<Message, 'data'>) {
  const time = recordOf(data, 'time') ?? noRecord;
  return { createdMs: epochMsOf(time, 'created'), completedMs: epochMsOf(time, 'completed') };
}

/** Whether a model wrote the message, and tokens may have been used for it. */
export function isModels(data: LogRecord): boolean {
  return ['assistant', compaction].includes(nameOf(data, 'role'));
}

/** Version 2 keeps one as a message of its own, since September 2026 with what it took; version 1 as an assistant's. */
const compaction = 'compaction';

/** Whether the message is still being written. */
export function isUnfinished(data: LogRecord): boolean {
  if (nameOf(data, 'role') === compaction) return nameOf(data, 'status') === 'running';
  return timesOf({ data }).completedMs === null && recordOf(data, 'error') === null;
}

/** Whether the agent goes on by itself after the message. */
export function isTurnOpen(data: LogRecord): boolean {
  return isUnfinished(data) || (recordOf(data, 'error') === null && nameOf(data, 'finish') === 'tool-calls');
}

/** What a step comes to: `null` where nothing was used, and why where it is refused. */
export type Step = Receipt | RefusalReason | null;

/**
 * The receipts of a message: one a step, in the order of the steps. The message repeats the numbers of its last step, and
 * stands alone where there are no steps.
 *
 * @param steps the `step-finish` parts
 */
export function receiptsOf(message: Message, steps: readonly LogRecord[]): readonly Step[] {
  const marks = new Map<string, number>();
  return (steps.length === 0 ? [message.data] : steps).map((step) => {
    const usage = toUsage(recordOf(step, 'tokens') ?? noRecord, message.version === 2);
    if (usage === null || typeof usage === 'string') return usage;
    const atMs = timesOf(message).createdMs;
    if (atMs === null) return 'implausible';
    const times = marks.get(usage.mark) ?? 0;
    marks.set(usage.mark, times + 1);
    return toReceipt(message, step, { usage, atMs, times });
  });
}

interface Draft {
  readonly usage: Usage;
  readonly atMs: number;
  /** How many steps of the message before had the same numbers. */
  readonly times: number;
}

function toReceipt(message: Message, step: LogRecord, { usage, atMs, times }: Draft): Receipt {
  const { agent, sessionKey, claim } = message;
  const named = modelOf(message);
  const { model, provider } = servedBy(step) ?? named;
  return {
    agent,
    id: idOf({ atMs, ...named, mark: usage.mark, times }),
    sessionKey,
    claim,
    atMs,
    model,
    tokens: usage.tokens,
    webSearches: 0,
    terms: {},
    circumstances: circumstancesOf(message, step, provider),
    reportedCost: dollarsOf(step, 'cost'),
    quality: hasUnknown(usage.tokens) ? 'partial' : 'exact',
  };
}

interface Identity extends ModelName {
  readonly atMs: number;
  readonly mark: string;
  readonly times: number;
}

/**
 * OpenCode does not keep what the provider calls a response, and gives copies in forks and imports other ids of its
 * own. They keep the millisecond in which the message began, its model and the numbers, which no two requests share.
 */
function idOf({ atMs, model, provider, mark, times }: Identity): ReceiptId {
  const rest = times === 0 ? '' : `/${times}`;
  return { response: `${atMs}/${provider}/${model}/${mark}${rest}`, request: '' };
}

interface ModelName {
  readonly model: string;
  readonly provider: string;
}

/** Kilo Code's messages may name one that stands for several, such as `kilo-auto/balanced`; their steps tell which it was. */
function servedBy(step: LogRecord): ModelName | null {
  const served = recordOf(step, 'model') ?? noRecord;
  const model = nameOf(served, 'modelID');
  return model === '' ? null : { model, provider: nameOf(served, 'providerID') };
}

function modelOf({ data, version }: Message): ModelName {
  if (version === 1) return { model: nameOf(data, 'modelID'), provider: nameOf(data, 'providerID') };
  const model = recordOf(data, 'model') ?? noRecord;
  return { model: nameOf(model, 'id') || nameOf(model, 'modelID'), provider: nameOf(model, 'providerID') };
}

function circumstancesOf({ data, projectPath }: Message, step: LogRecord, provider: string): Circumstances {
  // What a message itself has under this name is why its session was compacted.
  const stopReason = (step !== data && nameOf(step, 'reason')) || nameOf(data, 'finish');
  const variant = nameOf(data, 'variant') || nameOf(recordOf(data, 'model') ?? noRecord, 'variant');
  const folder = textOf(recordOf(data, 'path') ?? noRecord, 'cwd') ?? projectPath;
  return {
    ...(stopReason !== '' && { stopReason }),
    ...(variant !== '' && variant !== 'default' && { effort: variant }),
    ...(provider !== '' && { provider }),
    ...(folder !== null && { projectPath: folder }),
  };
}
