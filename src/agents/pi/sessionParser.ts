/** Reads a session of Pi or of a program made from it, line by line. All branches of its tree are spent. */

import type { AgentId } from '../../domain/agent.ts';
import type { Receipt } from '../../domain/receipt.ts';
import { fieldOf, type LogRecord, nameOf, parseRecord, recordOf, timeOf } from '../fields.ts';
import type { JsonValue, LineFormat, LogParser, Sink } from '../reader.ts';
import { asideOf, noteModel } from './asides.ts';
import { givenTitle, isOpenAfter, promptTitle, startSession } from './facts.ts';
import { type Memory, newMemory } from './memory.ts';
import { mirroredThread } from './mirrors.ts';
import { toReceipt } from './receipts.ts';
import { tiersOf } from './terms.ts';
import { takeCalls, takeResult } from './toolCalls.ts';

/** @param take takes one record of a session: what a line holds */
export function sessionLines(agent: AgentId, take = takeRecord): LineFormat {
  return {
    kind: 'lines',
    open(log, saved) {
      // What the same version of a reader saved needs no check.
      const memory = (structuredClone(saved) as Memory | undefined) ?? newMemory(agent, log.relativePath);
      return sessionParser(memory, take);
    },
  };
}

function sessionParser(memory: Memory, take: typeof takeRecord): LogParser {
  return {
    read(line, sink) {
      const record = parseRecord(line.text());
      if (record === null) sink.refuse('malformed');
      else take(memory, record, sink);
    },
    save: () => structuredClone(memory) as unknown as JsonValue,
  };
}

/** Entries that a session's tree is made of, as far as they tell something. */
const knownTypes = new Set([
  'message',
  'model_change',
  'thinking_level_change',
  'service_tier_change',
  'compaction',
  'branch_summary',
  'usage',
  'model_usage',
  'session_info',
  'title_change',
  'title',
]);

/** Takes one record of a session: its header, or an entry of its tree. */
export function takeRecord(memory: Memory, record: LogRecord, sink: Sink): void {
  const type = nameOf(record, 'type');
  if (type === 'session') sink.session(startSession(memory, record));
  else if (knownTypes.has(type)) takeEntry(memory, record, sink);
}

function takeEntry(memory: Memory, entry: LogRecord, sink: Sink): void {
  const isMessage = nameOf(entry, 'type') === 'message';
  const message = isMessage ? recordOf(entry, 'message') : null;
  const isCopied = isOlderThanFork(memory, entry);
  if (message !== null) takeMessage(memory, { entry, message, isCopied }, sink);
  else if (isMessage) sink.refuse('malformed');
  else takeOther(memory, entry, isCopied, sink);
  if (!isCopied) say(memory, entry, message, sink);
}

function takeOther(memory: Memory, entry: LogRecord, isCopied: boolean, sink: Sink): void {
  const type = nameOf(entry, 'type');
  if (type === 'thinking_level_change') memory.effort = nameOf(entry, 'thinkingLevel');
  if (type === 'service_tier_change') memory.tiers = tiersOf(entry);
  if (type === 'model_change') noteModel(memory, entry);
  const message = asideOf(memory, entry);
  if (message !== null) takeReceipt(memory, { entry, message, isCopied }, sink);
}

function say(memory: Memory, entry: LogRecord, message: LogRecord | null, sink: Sink): void {
  const title = message === null ? givenTitle(entry) : promptTitle(memory, message);
  if (!memory.hasHeader) {
    memory.earlyTitle = title ?? memory.earlyTitle;
    if (message === null) return;
  }
  const isTurnOpen = message === null ? undefined : isOpenAfter(message);
  const atMs = timeOf(entry, 'timestamp');
  sink.session({
    agent: memory.agent,
    key: memory.sessionKey,
    ...(atMs !== null && { atMs }),
    ...(title && { title }),
    ...(isTurnOpen !== undefined && { isTurnOpen }),
  });
}

export interface MessageEntry {
  readonly entry: LogRecord;
  readonly message: LogRecord;
  /** Whether the session was forked after the message was logged. */
  readonly isCopied: boolean;
}

function takeMessage(memory: Memory, source: MessageEntry, sink: Sink): void {
  const { message, isCopied } = source;
  const role = nameOf(message, 'role');
  if (role === 'user' && !isCopied) memory.turn += 1;
  if (role === 'toolResult') {
    takeResult(memory, message, sink);
    if (fieldOf(message, 'usage') !== null) takeReceipt(memory, source, sink);
  }
  if (role !== 'assistant') return;
  noteModel(memory, message);
  if (!isImported(memory, source.entry)) takeReceipt(memory, source, sink);
}

/**
 * Whether OMP took the reply over from a session of Claude Code, whose own log tells of it: here it stands once for each
 * block of its content, with all that it used. By the id of its entry, as what else says so comes after it in the log.
 */
function isImported({ agent }: Memory, entry: LogRecord): boolean {
  return agent === 'omp' && /^claude-.+-message-\d+(?:-\d+)?$/.test(nameOf(entry, 'id'));
}

function takeReceipt(memory: Memory, source: MessageEntry, sink: Sink): void {
  const receipt = toReceipt(memory, source);
  if (typeof receipt === 'string') sink.refuse(receipt);
  else if (receipt !== null) {
    sink.receipt(receipt);
    sayDelegate(receipt, source.message, sink);
    takeCalls(memory, receipt, source.message, sink);
  }
}

function sayDelegate({ agent, sessionKey }: Receipt, message: LogRecord, sink: Sink): void {
  const thread = mirroredThread(message);
  if (thread !== null) sink.session({ agent, key: sessionKey, delegate: { agent: 'codex', key: thread } });
}

/** What a fork copied bears the times of its original, and these lie before the fork's own birth. */
function isOlderThanFork({ parentKey, bornMs }: Memory, entry: LogRecord): boolean {
  const atMs = timeOf(entry, 'timestamp');
  return parentKey !== null && bornMs !== null && atMs !== null && atMs < bornMs;
}
