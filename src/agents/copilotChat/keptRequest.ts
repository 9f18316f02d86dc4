/**
 * What is remembered of a request while its chat is replayed: of the fields that receipts need, and of nothing else, in
 * the shape in which VS Code logs them.
 */

import { fieldOf, isRecord, type LogRecord } from '../fields.ts';
import type { JsonValue } from '../reader.ts';

export type KeptRequest = { [field: string]: JsonValue };

/** Reduces a value of the log to what is kept of it; `null` for nothing. */
type Keeper = (value: unknown) => JsonValue;

const longestText = 256;
const mostModels = 32;
/** Calls of tools that are remembered until a request is over. */
const mostCalls = 1_000;

const plain: Keeper = (value) => {
  const isPlain = typeof value === 'number' || typeof value === 'boolean';
  return isPlain || (typeof value === 'string' && value.length <= longestText) ? value : null;
};

function record(keepers: Readonly<Record<string, Keeper>>): Keeper {
  return (value) => {
    if (!isRecord(value)) return null;
    const kept = Object.entries(keepers).map(([name, keep]) => [name, keep(fieldOf(value, name))] as const);
    return Object.fromEntries(kept.filter(([, part]) => part !== null));
  };
}

function list(keep: Keeper, most: number): Keeper {
  return (value) => (Array.isArray(value) ? value.slice(0, most).map(keep) : null);
}

const round = record({ toolCalls: list(record({ id: plain }), mostCalls) });

const responseItem = record({
  kind: plain,
  toolCallId: plain,
  toolId: plain,
  subAgentInvocationId: plain,
  resultDetails: record({ isError: plain }),
});

const keepers: ReadonlyMap<string, Keeper> = new Map([
  ['requestId', plain],
  ['timestamp', plain],
  ['modelId', plain],
  ['agent', record({ id: plain })],
  ['isCanceled', plain],
  ['modelState', record({ value: plain, completedAt: plain })],
  ['promptTokens', plain],
  ['completionTokens', plain],
  ['copilotCredits', plain],
  ['elapsedMs', plain],
  [
    'modelTotals',
    list(record({ model: plain, inputTokens: plain, cachedTokens: plain, outputTokens: plain }), mostModels),
  ],
  [
    'result',
    record({
      timings: record({ totalElapsed: plain }),
      errorDetails: record({ code: plain }),
      metadata: record({
        promptTokens: plain,
        outputTokens: plain,
        resolvedModel: plain,
        toolCallRounds: list(round, mostCalls),
      }),
    }),
  ],
  ['response', (value) => (Array.isArray(value) ? responseOf(value) : null)],
]);

/** What models say; a text has no kind. The rest are notices of VS Code. */
const saidKinds: readonly unknown[] = [
  null,
  'thinking',
  'textEditGroup',
  'notebookEditGroup',
  'inlineReference',
];

/** Of the answer itself no more than whether there is one, as an item without a kind, and the calls of tools. */
function responseOf(items: readonly unknown[]): JsonValue[] {
  const kept = items.map(responseItem).filter((item) => isRecord(item));
  const calls = kept.filter((item) => fieldOf(item, 'toolCallId') !== null);
  const isSaid = kept.some((item) => !calls.includes(item) && saidKinds.includes(fieldOf(item, 'kind')));
  return [...(isSaid ? [{}] : []), ...calls.slice(-mostCalls)];
}

export function isKeptField(name: string): boolean {
  return keepers.has(name);
}

/** The request as kept. */
export function toKept(request: LogRecord): KeptRequest {
  return [...keepers.keys()].reduce<KeptRequest>(
    (kept, name) => withField(kept, name, fieldOf(request, name)),
    {},
  );
}

/** With a field set to a value, or without it where nothing of the value is kept. */
export function withField(request: KeptRequest, name: string, value: unknown): KeptRequest {
  const { [name]: _, ...others } = request;
  const kept = keepers.get(name)?.(value) ?? null;
  return kept === null ? others : { ...others, [name]: kept };
}

/** With one value below a field set: `path` leads to it from the field. */
export function withPart(
  request: KeptRequest,
  name: string,
  path: readonly string[],
  value: unknown,
): KeptRequest {
  const nested = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
  const part = keepers.get(name)?.(nested) ?? null;
  const known = request[name] ?? null;
  return part === null ? request : { ...request, [name]: merged(known, part) };
}

function merged(known: JsonValue, part: JsonValue): JsonValue {
  if (!isKept(known) || !isKept(part)) return part;
  const names = Object.keys(part);
  return {
    ...known,
    ...Object.fromEntries(names.map((name) => [name, merged(known[name] ?? null, part[name] ?? null)])),
  };
}

function isKept(value: JsonValue): value is KeptRequest {
  return isRecord(value);
}

/** With more items at the end of its answer. What was called stays called, so nothing need be cut. */
export function withResponse(request: KeptRequest, items: readonly unknown[]): KeptRequest {
  const known = Array.isArray(request.response) ? request.response : [];
  return { ...request, response: [...known, ...responseOf(items)].slice(-mostCalls) };
}

/** A request that others have followed: VS Code writes no more about it. */
export function aged({ requestId, timestamp, modelId, agent, modelState }: KeptRequest): KeptRequest {
  const kept = Object.entries({ requestId, timestamp, modelId, agent, modelState });
  return Object.fromEntries(kept.filter((entry): entry is [string, JsonValue] => entry[1] !== undefined));
}
