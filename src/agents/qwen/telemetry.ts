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
}

export function apiResponseIn(record: LogRecord): ApiResponse | null {
  const payload = recordOf(record, 'systemPayload');
  const event = payload === null ? null : recordOf(payload, 'uiEvent');
  if (event === null || nameOf(event, 'event.name') !== 'qwen-code.api_response') return null;
  const helper = helperIn(event, nameOf(record, 'version'));
  if (helper === 'unnamed') return null;
  return { event, durationMs: new Counts(event).count('duration_ms'), helper };
}

/** `<session>#<helper>#<round>`; the session itself has eight marks in place of the name. */
const promptId = /^([^#]+)#([^#]+)#\d{1,9}$/;

/**
 * Versions that named helpers in telemetry only there, and did not count usage in transcripts. Later ones did, under
 * another name, until telemetry said by `subagent_id` that the names are one: what they tell twice cannot be matched.
 */
const earlyVersion = /^0\.(?:\d|1[0-5])\./;

/** `null` where the session itself asked. */
function helperIn(event: LogRecord, version: string): Helper | 'unnamed' | null {
  const [, parentKey, id] = promptId.exec(nameOf(event, 'prompt_id')) ?? [];
  if (parentKey === undefined || id === undefined) return null;
  const named = idOf(event, 'subagent_id') ?? (earlyVersion.test(version) ? id : null);
  if (named !== id) return 'unnamed';
  return { key: `${parentKey}/${id}`, parentKey, role: nameOf(event, 'subagent_name') };
}
