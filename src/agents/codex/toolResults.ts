/** What came of a call: what the model was given of it, and whether it failed. */

import { fieldOf, idOf, isRecord, type LogRecord, nameOf, recordOf } from '../fields.ts';
import { type BytesOf, resultBytes } from '../resultBytes.ts';

export interface ToolResult {
  readonly callId: string;
  /** UTF-8 bytes of its texts; `null` where the line tells nothing of them, or they hold more than text. */
  readonly bytes: number | null;
  /** `null` where the line does not tell. */
  readonly isFailed: boolean | null;
}

/** The result that a `response_item` hands to the model, `null` when it is none. */
export function toResult(item: LogRecord, bytesOf: BytesOf): ToolResult | null {
  const callId = nameOf(item, 'type').endsWith('_call_output') ? idOf(item, 'call_id') : null;
  if (callId === null) return null;
  const output = fieldOf(item, 'output');
  // The first versions put the text into an object, with whether all went well.
  const content = isRecord(output) ? fieldOf(output, 'content') : output;
  const success = isRecord(output) ? fieldOf(output, 'success') : null;
  const isFailed = typeof success === 'boolean' ? !success : isFailedBy(content);
  return { callId, bytes: resultBytes(content, bytesOf), isFailed };
}

/** Codex puts the exit code of a command in front of what it printed, or after it in a text of JSON. */
function isFailedBy(content: unknown): boolean | null {
  if (typeof content !== 'string') return null;
  const [above = ''] = content.slice(0, 512).split(/^Output:/m);
  const code = content.startsWith('{"output":')
    ? /"exit_code":(-?\d+)[^"]*(?:"duration_seconds":[\d.]+)?\}\}$/.exec(content.slice(-128))
    : /^(?:Process exited with code|Exit code:) (-?\d+)$/m.exec(above);
  return code === null ? null : Number(code[1]) !== 0;
}

/** What an event tells about the outcome of a call; `null` when it tells of none. */
export function toOutcome(event: LogRecord): ToolResult | null {
  const item = recordOf(event, 'item');
  const callId = item === null ? idOf(event, 'call_id') : idOf(item, 'id');
  const isFailed = item === null ? isFailedEvent(event) : isFailedStatus(nameOf(item, 'status'));
  return callId === null || isFailed === null ? null : { callId, bytes: null, isFailed };
}

function isFailedStatus(status: string): boolean | null {
  if (status === 'completed') return false;
  return status === 'failed' || status === 'declined' ? true : null;
}

/** Before threads were logged by items: the end of a patch, or of a call of a server of tools. */
function isFailedEvent(event: LogRecord): boolean | null {
  const success = fieldOf(event, 'success');
  if (typeof success === 'boolean') return !success;
  const result = recordOf(event, 'result');
  if (result === null) return null;
  const answer = recordOf(result, 'Ok');
  return answer === null || fieldOf(answer, 'is_error') === true || fieldOf(answer, 'isError') === true;
}
