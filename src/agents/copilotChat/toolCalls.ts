/** Calls of tools in a turn: by the rounds of the model, which tell what went in and came out, and by what was shown. */

import type { ReceiptId } from '../../domain/receipt.ts';
import {
  fieldOf,
  idOf,
  isRecord,
  isTrue,
  type LogRecord,
  nameOf,
  recordOf,
  recordsOf,
  textOf,
} from '../fields.ts';
import type { Sink } from '../reader.ts';

const noRecord: LogRecord = {};

/**
 * Tells of the calls in the rounds of a result.
 *
 * @param isWhole nothing was cut from the line: only then are inputs and sizes what they were
 */
export function tellRounds(result: LogRecord, receipt: ReceiptId, isWhole: boolean, sink: Sink): void {
  const metadata = recordOf(result, 'metadata') ?? noRecord;
  const results = recordOf(metadata, 'toolCallResults') ?? noRecord;
  const calls = recordsOf(metadata, 'toolCallRounds').flatMap((round) => recordsOf(round, 'toolCalls'));
  for (const call of calls) {
    const id = idOf(call, 'id');
    if (id === null) continue;
    const name = nameOf(call, 'name');
    const input = isWhole ? textOf(call, 'arguments') : null;
    const resultBytes = isWhole ? bytesOf(fieldOf(results, id)) : null;
    sink.toolCall({
      agent: 'copilot-chat',
      receipt,
      id,
      ...(name !== '' && { name }),
      ...(input !== null && { input }),
      ...(resultBytes !== null && { resultBytes }),
    });
  }
}

/** UTF-8 bytes of a result; `null` where a part of it is no text, as the log keeps it. */
function bytesOf(result: unknown): number | null {
  const parts = isRecord(result) ? fieldOf(result, 'content') : null;
  if (!Array.isArray(parts)) return null;
  const texts = parts.map((part) => (isRecord(part) ? fieldOf(part, 'value') : null));
  return texts.every((text) => typeof text === 'string')
    ? texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
    : null;
}

/**
 * Tells of the calls that were shown, where no rounds are logged. Where they are, the same calls bear other ids there, and
 * only those that a sub-agent made are missing.
 */
export function tellShown(request: LogRecord, receipt: ReceiptId, sink: Sink): void {
  const metadata = recordOf(recordOf(request, 'result') ?? noRecord, 'metadata') ?? noRecord;
  const hasRounds = recordsOf(metadata, 'toolCallRounds').some(
    (round) => recordsOf(round, 'toolCalls').length > 0,
  );
  for (const item of recordsOf(request, 'response')) {
    const id = idOf(item, 'toolCallId');
    if (id === null || (hasRounds && idOf(item, 'subAgentInvocationId') === null)) continue;
    const name = nameOf(item, 'toolId');
    const isFailed = isTrue(recordOf(item, 'resultDetails') ?? noRecord, 'isError');
    sink.toolCall({
      agent: 'copilot-chat',
      receipt,
      id,
      ...(name !== '' && { name }),
      ...(isFailed && { isFailed }),
    });
  }
}
