/**
 * What Claude Code's telemetry tells of its requests: an event each, `claude_code.api_request`, also of those that no
 * transcript holds, as for titles, suggestions, compactions and searches of the web. Token Burn's receiver takes them from
 * exports of OTLP/JSON, and keeps of each the attributes below, under their own names, a line an event.
 *
 * https://code.claude.com/docs/en/monitoring-usage
 * https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */

import {
  Counts,
  durationOf,
  fieldOf,
  idOf,
  isRecord,
  type LogRecord,
  nameOf,
  parseRecord,
  recordOf,
  recordsOf,
  timeOf,
} from '../fields.ts';
import type { LineFormat, LogLine, LogParser, Sink } from '../reader.ts';
import { toCircumstances } from './circumstances.ts';
import { keyOf } from './place.ts';
import { qualityOf, toTerms, toTokens } from './usage.ts';

/** The log of a month, in the folder that Token Burn has beside Claude Code's settings. */
export const requestsFile = /^token-burn-requests-\d{4}-\d\d\.jsonl$/;

export function requestsFileAt(atMs: number): string {
  return `token-burn-requests-${new Date(atMs).toISOString().slice(0, 7)}.jsonl`;
}

/** What is kept of an event: nothing that anybody wrote. */
const kept = [
  'event.timestamp',
  'session.id',
  'agent_id',
  'request_id',
  'model',
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_creation_tokens',
  'cache_creation_5m_tokens',
  'cache_creation_1h_tokens',
  'duration_ms',
  'speed',
  'effort',
] as const;

/** Longer texts are none of what is kept. */
const longestText = 256;

/**
 * The lines, each with its line break, for the requests in an export of logs; `null` where it is none.
 *
 * @param body as received, parsed
 */
export function requestLines(body: unknown): readonly string[] | null {
  if (!isRecord(body) || !Array.isArray(fieldOf(body, 'resourceLogs'))) return null;
  const records = recordsOf(body, 'resourceLogs')
    .flatMap((resource) => recordsOf(resource, 'scopeLogs'))
    .flatMap((scope) => recordsOf(scope, 'logRecords'));
  return records.flatMap((record) => {
    const attributes = attributesOf(record);
    if (attributes.get('event.name') !== 'api_request') return [];
    const line = kept.flatMap((name) => {
      const value = attributes.get(name);
      return value === undefined ? [] : [[name, value] as const];
    });
    return [`${JSON.stringify(Object.fromEntries(line))}\n`];
  });
}

function attributesOf(record: LogRecord): ReadonlyMap<string, string | number> {
  const attributes = recordsOf(record, 'attributes').flatMap((attribute) => {
    const value = plainValue(recordOf(attribute, 'value') ?? {});
    return value === null ? [] : [[nameOf(attribute, 'key'), value] as const];
  });
  return new Map(attributes);
}

/** Whole numbers of 64 bits may come as texts. */
function plainValue(value: LogRecord): string | number | null {
  const text = fieldOf(value, 'stringValue');
  if (typeof text === 'string') return text.length <= longestText ? text : null;
  const number = fieldOf(value, 'intValue') ?? fieldOf(value, 'doubleValue');
  return typeof number === 'number' || (typeof number === 'string' && /^\d{1,15}$/.test(number))
    ? Number(number)
    : null;
}

export const requestEvents: LineFormat = { kind: 'lines', open: () => parser };

const parser: LogParser = { read: readEvent, save: () => null };

function readEvent(line: LogLine, sink: Sink): void {
  const event = parseRecord(line.text());
  const session = event && idOf(event, 'session.id');
  const request = event && idOf(event, 'request_id');
  // By nothing but its id a request is known to be that of a transcript.
  if (!event || !session || !request) {
    sink.refuse('malformed');
    return;
  }
  const counts = new Counts(event);
  const tokens = toTokens({
    input: counts.count('input_tokens'),
    cacheRead: counts.count('cache_read_tokens'),
    written: counts.count('cache_creation_tokens'),
    written5m: counts.count('cache_creation_5m_tokens'),
    written1h: counts.count('cache_creation_1h_tokens'),
    output: counts.count('output_tokens'),
    thinking: null,
  });
  const atMs = timeOf(event, 'event.timestamp');
  if (counts.problem !== null || atMs === null) {
    sink.refuse(counts.problem ?? 'implausible');
    return;
  }
  const agentId = idOf(event, 'agent_id');
  const key = keyOf(session, agentId);
  sink.session({
    agent: 'claude-code',
    key,
    atMs,
    ...(agentId !== null && { parentKey: session, isParentGuessed: true }),
  });
  sink.receipt({
    agent: 'claude-code',
    // Gateways may give many requests one id.
    id: { response: `${key} ${atMs} ${request}`, request },
    sessionKey: key,
    claim: 'telemetry',
    atMs,
    model: nameOf(event, 'model'),
    tokens,
    webSearches: 0,
    terms: toTerms('', speedOf(event), ''),
    circumstances: toCircumstances({
      stopReason: '',
      effort: nameOf(event, 'effort'),
      projectPath: '',
      gitBranch: '',
      durationMs: durationOf(event, 'duration_ms'),
      turn: null,
    }),
    reportedCost: null,
    quality: qualityOf(tokens),
  });
}

/** As transcripts have it. */
function speedOf(event: LogRecord): string {
  const speed = nameOf(event, 'speed');
  return speed === 'normal' ? 'standard' : speed;
}
