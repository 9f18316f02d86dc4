/** The model's messages: what they cost, and the tools that they ask for. */

import type { Receipt, ReceiptId } from '../../domain/receipt.ts';
import type { RefusalReason } from '../../domain/refusal.ts';
import { Counts, fieldOf, idOf, type LogRecord, nameOf, recordsOf, timeOf } from '../fields.ts';
import { qualityOf, toTokens } from '../googleUsage.ts';
import type { Sink } from '../reader.ts';
import { resultBytesOf } from '../results.ts';
import type { Memory } from './memory.ts';
import { isPrompt } from './texts.ts';

/** Qwen Code's first versions gave it their own name. */
const replyTypes = new Set(['gemini', 'qwen']);

export function isReply(message: LogRecord): boolean {
  return replyTypes.has(nameOf(message, 'type'));
}

/** The receipt of a reply, or why it is refused. It is logged again when its tools have run: its id stays. */
export function toReceipt(memory: Memory, message: LogRecord, logged: LogRecord): Receipt | RefusalReason {
  const counts = new Counts(logged);
  const usage = {
    prompt: counts.count('input'),
    cached: counts.count('cached'),
    output: counts.count('output'),
    thoughts: counts.count('thoughts'),
    toolPrompt: counts.count('tool'),
    total: counts.count('total'),
  };
  const tokens = toTokens(usage, 'beside');
  if (counts.problem !== null) return counts.problem;
  if (typeof tokens === 'string') return tokens;
  const atMs = timeOf(message, 'timestamp');
  if (atMs === null) return 'implausible';
  return {
    agent: memory.agent,
    id: receiptId(memory, message, atMs),
    sessionKey: memory.sessionKey,
    claim: 'own',
    atMs,
    model: memory.model,
    tokens,
    webSearches: 0,
    terms: {},
    circumstances: { ...(memory.turn > 0 && { turn: memory.turn }) },
    reportedCost: null,
    quality: qualityOf(tokens),
  };
}

function receiptId({ sessionKey }: Memory, message: LogRecord, atMs: number): ReceiptId {
  return { response: idOf(message, 'id') ?? `${sessionKey}/${atMs}`, request: '' };
}

const outcomes: Readonly<Record<string, boolean>> = { success: false, error: true, cancelled: true };

export function takeToolCalls({ agent, id }: Receipt, message: LogRecord, sink: Sink): void {
  for (const [index, call] of recordsOf(message, 'toolCalls').entries()) {
    const name = nameOf(call, 'name');
    const args = fieldOf(call, 'args');
    const bytes = resultBytesOf(recordsOf(call, 'result'));
    const status = nameOf(call, 'status');
    sink.toolCall({
      agent,
      receipt: id,
      id: idOf(call, 'id') ?? String(index),
      ...(name !== '' && { name }),
      ...(args !== null && { input: JSON.stringify(args) }),
      ...(bytes !== null && { resultBytes: bytes }),
      ...(Object.hasOwn(outcomes, status) && { isFailed: outcomes[status] === true }),
    });
  }
}

/** `undefined` when the message leaves things as they are. */
export function isTurnOpenAfter(message: LogRecord): boolean | undefined {
  if (isPrompt(message)) return true;
  if (nameOf(message, 'type') === 'error') return false;
  if (!isReply(message)) return undefined;
  return recordsOf(message, 'toolCalls').some(isAnsweredToModel);
}

/** The model is asked again with what its tools gave back, unless the user ended them, or a sub-agent its work. */
function isAnsweredToModel(call: LogRecord): boolean {
  return nameOf(call, 'status') !== 'cancelled' && nameOf(call, 'name') !== 'complete_task';
}
