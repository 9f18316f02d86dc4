/** What a line of telemetry tells of a request: the usage that the line of its reply has, too, and a little more. */

import { Counts, idOf, type LogRecord, nameOf, recordOf } from '../fields.ts';

export interface ApiResponse {
  readonly event: LogRecord;
  readonly durationMs: number | null;
  /** Set where not the session itself asked. */
  readonly helper: Helper | null;
}

export interface Helper {
  /** Key of the session that asked. */
  readonly key: string;
  /** Key of the session that it works for. */
  readonly parentKey: string;
  readonly role: string;
  /** How many requests it had made before. */
  readonly round: number;
}

export function apiResponseIn(record: LogRecord): ApiResponse | null {
  const payload = recordOf(record, 'systemPayload');
  const event = payload === null ? null : recordOf(payload, 'uiEvent');
  if (event === null || nameOf(event, 'event.name') !== 'qwen-code.api_response') return null;
  const helper = helperIn(event);
  if (helper === 'unnamed') return null;
  return { event, durationMs: new Counts(event).count('duration_ms'), helper };
}

/** `<session>#<helper>#<round>`; the session itself has eight marks in place of the name. */
const promptId = /^([^#]+)#([^#]+)#(\d{1,9})$/;

/** `null` where the session itself asked. */
function helperIn(event: LogRecord): Helper | 'unnamed' | null {
  const [, parentKey, id, round] = promptId.exec(nameOf(event, 'prompt_id')) ?? [];
  if (parentKey === undefined || id === undefined) return null;
  if (id !== idOf(event, 'subagent_id')) return 'unnamed';
  return { key: `${parentKey}/${id}`, parentKey, role: nameOf(event, 'subagent_name'), round: Number(round) };
}
