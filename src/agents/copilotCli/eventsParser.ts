/** Reads the events of a session of Copilot CLI. */

import type { ReceiptId } from '../../domain/receipt.ts';
import { toTitle } from '../../domain/session.ts';
import { hasUnknown, type TokenCounts } from '../../domain/tokens.ts';
import { creditsOf } from '../copilotUsage.ts';
import {
  fieldOf,
  idOf,
  type LogRecord,
  nameOf,
  parseRecord,
  recordOf,
  recordsOf,
  textOf,
  timeOf,
} from '../fields.ts';
import { toHumanPrompt } from '../prompts.ts';
import type { JsonValue, LogLine, LogParser, Sink } from '../reader.ts';
import {
  chosenModel,
  circumstancesOf,
  factsOf,
  modelOf,
  parentFacts,
  roleFacts,
  subAgentFacts,
} from './facts.ts';
import {
  isRepeated,
  keepCall,
  keepCompaction,
  keepResponse,
  type Memory,
  newMemory,
  responseOf,
} from './memory.ts';
import { apiCallIdOf, nthOf, responseId, sessionKeyOf, toReceipt } from './response.ts';
import { beginRun, noteResponse, passSums, receiptsOfSums } from './sums.ts';
import { finishedCall, requestedCall } from './toolCalls.ts';
import { eventNames, toTokens } from './usage.ts';

interface Event {
  readonly data: LogRecord;
  /** The sub-agent that the event is of. */
  readonly agentId: string | null;
  readonly atMs: number | null;
}

const wanted = new Set([
  'session.start',
  'session.resume',
  'session.model_change',
  'session.auto_mode_resolved',
  'session.usage_record',
  'session.compaction_complete',
  'session.shutdown',
  'user.message',
  'assistant.message',
  'tool.execution_complete',
  'subagent.started',
  'subagent.completed',
  'subagent.failed',
]);

const wantedOfCopies = new Set([
  'session.model_change',
  'session.auto_mode_resolved',
  'session.usage_record',
  'user.message',
]);

/** Frequent or long, and without anything to tell. A type that nobody knows may be the torn name of another: it is read. */
const idle = new Set([
  'assistant.turn_start',
  'assistant.turn_end',
  'assistant.reasoning',
  'hook.start',
  'hook.end',
  'session.permissions_changed',
  'session.truncation',
  'session.usage_checkpoint',
  'system.message',
  'system.notification',
  'tool.execution_start',
  'tool.execution_progress',
  'tool.execution_partial_result',
]);

const headBytes = 96;
/** Different outputs of a session that are remembered: more than sessions come to. */
const mostOutputs = 4096;

export class EventsParser implements LogParser {
  readonly #memory: Memory;

  constructor(sessionId: string, saved?: Memory) {
    this.#memory = saved ?? newMemory(sessionId);
  }

  save(): JsonValue {
    return { ...this.#memory } as unknown as JsonValue;
  }

  read(line: LogLine, sink: Sink): void {
    const type = /^\s*\{\s*"type"\s*:\s*"([\w.]+)"/.exec(line.head(headBytes))?.[1];
    if (type !== undefined && idle.has(type) && !line.has('"outputTokens"')) return;
    const record = parseRecord(line.text());
    if (record === null) {
      sink.refuse('malformed');
      return;
    }
    const name = nameOf(record, 'type');
    if (!wanted.has(name)) return;
    const data = recordOf(record, 'data');
    if (data === null) {
      sink.refuse('malformed');
      return;
    }
    const event = { data, agentId: idOf(record, 'agentId'), atMs: timeOf(record, 'timestamp') };
    if (this.#isCopied(event)) this.#takeCopied(name, event, sink);
    else this.#take(name, event, sink);
  }

  /** A fork begins with the events of another session, as they were, below a beginning of its own. */
  #isCopied({ atMs }: Event): boolean {
    const { startedMs } = this.#memory;
    return startedMs !== null && atMs !== null && atMs < startedMs;
  }

  /** What the other session did its own log tells, but for requests, which name that session. */
  #takeCopied(type: string, event: Event, sink: Sink): void {
    if (wantedOfCopies.has(type)) this.#take(type, event, sink);
    else if (type === 'session.shutdown') passSums(this.#memory, event.data);
  }

  #take(type: string, event: Event, sink: Sink): void {
    switch (type) {
      case 'session.start':
      case 'session.resume':
        this.#takeStart(event, sink);
        break;
      case 'session.model_change':
        this.#memory.model = chosenModel(this.#memory, event.data, 'newModel');
        break;
      case 'session.auto_mode_resolved':
        this.#memory.model = chosenModel(this.#memory, event.data, 'chosenModel');
        break;
      case 'user.message':
        this.#takePrompt(event, sink);
        break;
      case 'session.usage_record':
        this.#takeRecord(event, sink);
        break;
      case 'assistant.message':
        this.#takeMessage(event, sink);
        break;
      case 'session.compaction_complete':
        this.#takeCompaction(event, sink);
        break;
      case 'tool.execution_complete':
        this.#takeResult(event, sink);
        break;
      case 'subagent.started':
        this.#takeSubAgent(event, true, sink);
        break;
      case 'subagent.completed':
      case 'subagent.failed':
        this.#takeSubAgent(event, false, sink);
        break;
      case 'session.shutdown':
        this.#takeShutdown(event, sink);
        break;
    }
  }

  #takeStart({ data, atMs }: Event, sink: Sink): void {
    const memory = this.#memory;
    const context = recordOf(data, 'context') ?? {};
    memory.startedMs ??= startOf(data, atMs);
    beginRun(memory);
    memory.awaited = null;
    memory.isCompactionOnRecord = false;
    memory.model = chosenModel(memory, data, 'selectedModel');
    memory.projectPath = textOf(context, 'cwd') ?? memory.projectPath;
    memory.gitBranch = nameOf(context, 'branch') || memory.gitBranch;
    sink.session({
      ...factsOf(this.#memory, null, atMs),
      ...(memory.projectPath !== null && { projectPath: memory.projectPath }),
      ...(memory.gitBranch !== '' && { gitBranch: memory.gitBranch }),
    });
  }

  /** What agents and skills say in the user's name has a source. */
  #takePrompt(event: Event, sink: Sink): void {
    const { data, agentId, atMs } = event;
    if (agentId !== null || /^(?:agent|skill)-/.test(nameOf(data, 'source'))) return;
    const memory = this.#memory;
    memory.turn += 1;
    const isCopied = this.#isCopied(event);
    const prompt = memory.hasTitle ? null : toHumanPrompt(textOf(data, 'content') ?? '');
    const title = prompt === null ? undefined : toTitle(prompt);
    memory.hasTitle ||= title !== undefined;
    sink.session({
      ...factsOf(this.#memory, null, isCopied ? null : atMs),
      isTurnOpen: !isCopied,
      ...(title !== undefined && { title: { text: title, source: 'prompt' } }),
    });
  }

  #takeRecord(event: Event, sink: Sink): void {
    const usage = recordOf(event.data, 'usage');
    if (usage === null) {
      sink.refuse('malformed');
      return;
    }
    this.#memory.hasRecords = true;
    const tokens = toTokens(usage, eventNames);
    if (typeof tokens === 'string') {
      sink.refuse(tokens);
      return;
    }
    if (tokens.output === null && fieldOf(usage, eventNames.input) === null) sink.refuse('malformed');
    else this.#tellUsage(event, usage, tokens, sink);
  }

  /** A call that compacts a conversation has no message, and by most versions no record. */
  #takeCompaction(event: Event, sink: Sink): void {
    const used = recordOf(event.data, 'compactionTokensUsed');
    const isRecorded = this.#memory.isCompactionOnRecord;
    this.#memory.isCompactionOnRecord = false;
    if (used === null || isRecorded) return;
    const usage = { ...compactionUsage(used), model: fieldOf(used, 'model') };
    const tokens = toTokens(usage, eventNames);
    if (typeof tokens === 'string') {
      sink.refuse(tokens);
      return;
    }
    const id = this.#tellUsage(event, usage, tokens, sink);
    if (id === null) return;
    keepCompaction(this.#memory, id);
    this.#memory.awaited = id;
  }

  /** Returns the receipt's id, `null` where there is none. */
  #tellUsage(event: Event, usage: LogRecord, tokens: TokenCounts, sink: Sink): ReceiptId | null {
    const { agentId, atMs } = event;
    const memory = this.#memory;
    const known = { apiCallId: apiCallIdOf(usage), number: numberOf(usage) };
    if (isRepeated(memory, known)) return null;
    const sessionId = this.#sessionOf(event, usage);
    if (sessionId === null) return null;
    const isCopied = sessionId !== memory.sessionId;
    const id = this.#takeAwaited(event, usage) ?? this.#nextId(sessionId, tokens.output);
    keepResponse(memory, { ...known, id });
    if (atMs === null) {
      sink.refuse('implausible');
      return null;
    }
    sink.receipt(
      toReceipt({
        id,
        sessionKey: sessionKeyOf(sessionId, agentId),
        claim: isCopied ? 'copied' : 'own',
        atMs,
        model: modelOf(usage, 'model') || memory.model,
        tokens,
        circumstances: circumstancesOf(memory, usage),
        reportedCost: creditsOf(recordOf(usage, 'copilotUsage') ?? usage, 'totalNanoAiu'),
        quality: hasUnknown(tokens) ? 'partial' : 'exact',
      }),
    );
    if (agentId !== null && isCopied) sink.session(subAgentFacts(sessionId, agentId));
    else if (agentId !== null) this.#tellParent(agentId, idOf(usage, 'parentToolCallId'), atMs, sink);
    return id;
  }

  /**
   * The session that made a request, `null` where it is copied and nothing says whose it is. A sub-agent's record names a
   * session that is in no log: it is of the one whose record came last.
   */
  #sessionOf(event: Event, usage: LogRecord): string | null {
    const memory = this.#memory;
    const source =
      event.agentId === null ? idOf(recordOf(usage, 'accounting') ?? {}, 'sourceSessionId') : null;
    if (this.#isCopied(event)) memory.copiedFrom = source ?? memory.copiedFrom;
    return this.#isCopied(event) ? memory.copiedFrom : (source ?? memory.sessionId);
  }

  #takeMessage(event: Event, sink: Sink): void {
    const { data, agentId, atMs } = event;
    const apiCallId = apiCallIdOf(data) ?? idOf(data, 'messageId');
    const id = responseOf(this.#memory, apiCallId) ?? this.#takeOutput(event, apiCallId, sink);
    const requests = recordsOf(data, 'toolRequests');
    const calls = id === null ? [] : requests.flatMap((request) => requestedCall(request, id) ?? []);
    for (const call of calls) {
      keepCall(this.#memory, { id: call.id, receipt: call.receipt, agentId });
      sink.toolCall(call);
    }
    sink.session({ ...factsOf(this.#memory, agentId, atMs), isTurnOpen: requests.length > 0 });
    if (agentId !== null) this.#tellParent(agentId, idOf(data, 'parentToolCallId'), atMs, sink);
  }

  /** Before requests were on record, messages told their output. What they lack the sums have that come when the session ends. */
  #takeOutput({ data, agentId, atMs }: Event, apiCallId: string | null, sink: Sink): ReceiptId | null {
    const memory = this.#memory;
    if (memory.hasRecords || fieldOf(data, 'outputTokens') === null) return null;
    const tokens = toTokens({ outputTokens: fieldOf(data, 'outputTokens') }, eventNames);
    if (typeof tokens === 'string' || atMs === null) {
      sink.refuse(typeof tokens === 'string' ? tokens : 'implausible');
      return null;
    }
    const id = this.#nextId(memory.sessionId, tokens.output);
    keepResponse(memory, { apiCallId, number: null, id });
    const model = modelOf(data, 'model') || memory.model;
    if (agentId === null) memory.model ||= model;
    noteResponse(memory, model, atMs, tokens.output);
    sink.receipt(
      toReceipt({
        id,
        sessionKey: sessionKeyOf(memory.sessionId, agentId),
        claim: 'own',
        atMs,
        model,
        tokens,
        circumstances: circumstancesOf(memory, {}),
        reportedCost: null,
        quality: 'partial',
      }),
    );
    return id;
  }

  /** A compaction may be told before its request is on record, or after it. */
  #takeAwaited({ agentId }: Event, usage: LogRecord): ReceiptId | null {
    const { awaited } = this.#memory;
    // Sub-agents go on meanwhile. The session itself waits for it: with another request of its own no record comes any more.
    if (agentId !== null) return null;
    const isCompaction = nameOf(usage, 'initiator') === 'compaction';
    this.#memory.awaited = null;
    this.#memory.isCompactionOnRecord = isCompaction && awaited === null;
    return isCompaction ? awaited : null;
  }

  #nextId(sessionId: string, output: number | null): ReceiptId {
    const outputs = new Map(this.#memory.outputs);
    const id = responseId(sessionId, output, nthOf(outputs, `${sessionId}/${output}`));
    this.#memory.outputs = [...outputs].slice(-mostOutputs);
    return id;
  }

  #takeResult({ data }: Event, sink: Sink): void {
    const call = this.#memory.calls.find(({ id }) => id === idOf(data, 'toolCallId'));
    if (call !== undefined) sink.toolCall(finishedCall(data, call));
  }

  #takeSubAgent({ data, agentId, atMs }: Event, isOpen: boolean, sink: Sink): void {
    const toolCallId = idOf(data, 'toolCallId');
    const id = agentId ?? toolCallId;
    if (id === null) return;
    const facts = factsOf(this.#memory, id, atMs);
    sink.session({
      ...facts,
      ...parentFacts(this.#memory, id, toolCallId),
      ...roleFacts(data),
      isTurnOpen: isOpen,
    });
  }

  #tellParent(agentId: string, toolCallId: string | null, atMs: number | null, sink: Sink): void {
    sink.session({
      ...factsOf(this.#memory, agentId, atMs),
      ...parentFacts(this.#memory, agentId, toolCallId),
    });
  }

  #takeShutdown({ data, atMs }: Event, sink: Sink): void {
    sink.session({ ...factsOf(this.#memory, null, atMs), isTurnOpen: false });
    if (this.#memory.hasRecords || atMs === null) return;
    for (const outcome of receiptsOfSums(this.#memory, data, atMs)) {
      if (typeof outcome === 'string') sink.refuse(outcome);
      else sink.receipt(outcome);
    }
  }
}

/** The number of a request on record, with the session that counts. */
function numberOf(usage: LogRecord): string | null {
  const accounting = recordOf(usage, 'accounting') ?? {};
  const sequence = fieldOf(accounting, 'sequence');
  const session = idOf(accounting, 'sourceSessionId');
  return typeof sequence === 'number' && session !== null ? `${session}/${sequence}` : null;
}

/** By which the two times of a beginning may differ. */
const beginningMs = 60_000;

/** When a session began, which its first event tells twice: where one is damaged, what follows must not seem copied. */
function startOf(start: LogRecord, atMs: number | null): number | null {
  const startedMs = timeOf(start, 'startTime');
  const isSure = atMs !== null && startedMs !== null && Math.abs(startedMs - atMs) < beginningMs;
  return isSure ? Math.min(startedMs, atMs) : null;
}

/** Under the names that requests have, which later versions use here, too. */
function compactionUsage(used: LogRecord): LogRecord {
  const pick = (...names: readonly string[]) => {
    const name = names.find((one) => fieldOf(used, one) !== null);
    return name === undefined ? null : fieldOf(used, name);
  };
  return {
    inputTokens: pick('inputTokens', 'input'),
    outputTokens: pick('outputTokens', 'output'),
    cacheReadTokens: pick('cacheReadTokens', 'cachedInput'),
    cacheWriteTokens: pick('cacheWriteTokens'),
  };
}
